// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.journal.Claim;
import java.util.concurrent.CompletableFuture;

/**
 * The claim of a new attempt in the journal: whoever else has begun the request, here or in another process, keeps it from
 * beginning. Used on the engine's loop only.
 */
final class AttemptClaim {
    private final TaskEngine engine;
    private final TaskRun run;
    /** Completes when the journal knows as much of the attempt as there is to know then. */
    private final CompletableFuture<Void> written = new CompletableFuture<>();

    private boolean granted;

    AttemptClaim(TaskEngine engine, TaskRun run) {
        this.engine = engine;
        this.run = run;
    }

    /** Whether the journal has the attempt's record. */
    boolean isGranted() {
        return granted;
    }

    /** An earlier process has claimed it, or another program has begun it. */
    void granted() {
        granted = true;
    }

    /** See {@link TaskRun#claim}; completes when the journal has what is to be kept of the attempt. */
    CompletableFuture<Void> begin(String after, boolean mayWait) {
        engine.admission.expect(run);
        run.steps().after(engine.journal().claim(run.record().order(), after), (claim, error) -> {
            boolean isFull = engine.admission.arrive(run);
            granted = claim instanceof Claim.New;
            if (run.record().state().isEnd()) {
                settleUnused();
                return;
            }
            written.complete(null);
            if (error != null) {
                run.reject(TaskErrors.notClaimed(Futures.cause(error)));
            } else if (granted && isFull && !mayWait) {
                run.reject(TaskErrors.tooMany(engine.admission));
            } else if (granted) {
                run.awaitStart();
            } else {
                onKnown(claim);
            }
        });
        return written;
    }

    /** Nobody waits any more, or another attempt is charged: if the journal has it, it is to have its end, too. */
    private void settleUnused() {
        if (granted) {
            run.writeRecord().whenComplete((done, error) -> Futures.complete(written, null, error));
        } else {
            written.complete(null);
        }
    }

    private void onKnown(Claim claim) {
        if (claim instanceof Claim.Others others) {
            run.steps().after(others.end(), (ended, error) -> {
                if (run.record().state().isEnd()) {
                    return;
                }
                if (error == null) {
                    run.onKnown(ended);
                } else {
                    run.reject(TaskErrors.notClaimed(Futures.cause(error)));
                }
            });
        } else {
            run.onKnown(claim instanceof Claim.Mine mine ? mine.record() : ((Claim.Ended) claim).record());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.async.Steps;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a task's parameters over to the Relay; a new upload ends the one before. Used on the loop only. */
final class ParameterUpload {
    private static final Logger LOG = LoggerFactory.getLogger(ParameterUpload.class);

    private final ChainProtocol protocol;
    private final Steps steps;
    private final Runnable awaitFinality;
    private CompletableFuture<Void> current = CompletableFuture.completedFuture(null);
    /** The next try of what the Relay refused as it knows another task under the id. */
    private ScheduledFuture<?> again;

    /** @param awaitFinality has it found out what is final, where the chain is to be asked for that */
    ParameterUpload(ChainProtocol protocol, Steps steps, Runnable awaitFinality) {
        this.protocol = protocol;
        this.steps = steps;
        this.awaitFinality = awaitFinality;
    }

    /** @param then is given the error, or null; it is not called for an upload that was stopped */
    void begin(ChainRecord record, Consumer<Throwable> then) {
        stop();
        upload(record, new RelayDisagreement(protocol::isCreationFinal), then);
    }

    private void upload(ChainRecord record, RelayDisagreement disagreement, Consumer<Throwable> then) {
        CompletableFuture<Void> upload = protocol.network.upload(record.taskId(), record.order());
        current = upload;
        steps.after(upload, (done, error) -> {
            if (current != upload || upload.isCancelled()) {
                return;
            }
            if (disagreement.mayPass(record, error)) {
                Duration delay = disagreement.nextDelay();
                LOG.debug(
                        "{}: the Relay knows another task under its id; next try in {}",
                        ChainFailures.name(record),
                        delay);
                tryAgain(delay, () -> upload(record, disagreement, then));
            } else {
                // The creation is final: what the Relay has under its id is ours.
                then.accept(RelayDisagreement.isUnproven(error) ? null : error);
            }
        });
    }

    private void tryAgain(Duration delay, Runnable upload) {
        ScheduledFuture<?>[] own = new ScheduledFuture<?>[1];
        own[0] = steps.schedule(delay, () -> {
            // One that had begun to run when it was cancelled must not go on.
            if (again == own[0]) {
                upload.run();
            }
        });
        again = own[0];
        awaitFinality.run();
    }

    void stop() {
        if (again != null) {
            again.cancel(false);
            again = null;
        }
        current.cancel(false);
        // One that has just ended cannot be cancelled, but is not to be heard of either.
        current = CompletableFuture.completedFuture(null);
    }
}

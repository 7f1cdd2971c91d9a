// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.OtherTaskException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.settings.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How long it is believed to pass that the Relay knows another task under an id. Who sees a reorganisation later than the Relay,
 * or earlier, differs with it about whose task has the id; what does not pass is an error when no reorganisation can be the
 * reason any more. One for each transfer.
 */
final class RelayDisagreement {
    private static final Backoff AGAIN = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
    /** They take about 10 s, which is longer than a Relay is behind, however soon blocks are final. */
    private static final int LEAST_TRIES = 5;

    private final Predicate<ChainRecord> isFinal;
    private int refusals;

    /** @param isFinal whether the block in which a task was created is final */
    RelayDisagreement(Predicate<ChainRecord> isFinal) {
        this.isFinal = isFinal;
    }

    boolean mayPass(ChainRecord record, Throwable error) {
        return otherTask(error).isPresent()
                && record.createdIn() != null
                && (refusals < LEAST_TRIES || !isFinal.test(record));
    }

    /** After how long the next try makes sense. */
    Duration nextDelay() {
        return AGAIN.delay(refusals++);
    }

    /** Whether the Relay says that it has the parameters of the task, and does not show them. */
    static boolean isUnproven(Throwable error) {
        return otherTask(error).filter(other -> !other.isProven()).isPresent();
    }

    private static Optional<OtherTaskException> otherTask(Throwable error) {
        return error != null && Futures.cause(error) instanceof OtherTaskException other
                ? Optional.of(other)
                : Optional.empty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

import java.time.Instant;
import java.util.Optional;

/** The contract does not allow the task to be cancelled now; nothing was signed. */
public class CancelRefusedException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final Instant cancellableFrom;

    /**
     * @param reason the contract's revert reason
     * @param cancellableFrom when the task can be cancelled, or null
     */
    public CancelRefusedException(String message, TaskFacts facts, String reason, Instant cancellableFrom) {
        super(message, facts, null);
        this.reason = reason;
        this.cancellableFrom = cancellableFrom;
    }

    /** The contract's revert reason, for example "Task has not exceeded the deadline yet". */
    public String reason() {
        return reason;
    }

    /** When the task's creator can cancel it if it still runs; empty if waiting does not help. */
    public Optional<Instant> cancellableFrom() {
        return Optional.ofNullable(cancellableFrom);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

import java.time.Instant;
import java.util.Optional;

/** The contract would not let the task be cancelled now; nothing was signed. */
public class CancelRefusedException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final Instant cancellableFrom;

    /**
     * @param reason the contract's words
     * @param cancellableFrom from when on it may be cancelled, or null
     */
    public CancelRefusedException(String message, TaskFacts facts, String reason, Instant cancellableFrom) {
        super(message, facts, null);
        this.reason = reason;
        this.cancellableFrom = cancellableFrom;
    }

    /** The contract's words, for example "Task has not exceeded the deadline yet". */
    public String reason() {
        return reason;
    }

    /** From when on the task's creator may cancel it, should it still run then; empty where waiting does not help. */
    public Optional<Instant> cancellableFrom() {
        return Optional.ofNullable(cancellableFrom);
    }
}

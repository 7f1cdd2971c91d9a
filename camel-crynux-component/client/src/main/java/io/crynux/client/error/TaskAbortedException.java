// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/** The network aborted the task; {@link #reason()} is the contract's reason. */
public class TaskAbortedException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public TaskAbortedException(String message, TaskFacts facts, String reason) {
        super(message, facts, null);
        this.reason = reason;
    }

    /** The contract's reason, for example "Task result illegal". */
    public String reason() {
        return reason;
    }
}

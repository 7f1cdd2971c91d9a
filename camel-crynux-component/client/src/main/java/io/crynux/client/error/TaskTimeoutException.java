// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/** The task did not end before its timeout. The network continues with it. */
public class TaskTimeoutException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    public TaskTimeoutException(String message, TaskFacts facts) {
        super(message, facts, null);
    }
}

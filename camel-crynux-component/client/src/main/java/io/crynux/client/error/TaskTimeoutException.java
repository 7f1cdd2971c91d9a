// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/** The task did not end in time. It goes on in the network. */
public class TaskTimeoutException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    public TaskTimeoutException(String message, TaskFacts facts) {
        super(message, facts, null);
    }
}

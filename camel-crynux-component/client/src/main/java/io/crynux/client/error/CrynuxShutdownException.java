// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/** The client stopped before the task ended. The network continues with paid tasks. */
public class CrynuxShutdownException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    public CrynuxShutdownException(String message) {
        super(message);
    }

    public CrynuxShutdownException(String message, TaskFacts facts) {
        super(message, facts, null);
    }
}

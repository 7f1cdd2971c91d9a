// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/** The task succeeded, but its result could not be downloaded. */
public class ResultUnavailableException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    public ResultUnavailableException(String message, TaskFacts facts) {
        super(message, facts, null);
    }

    public ResultUnavailableException(String message, TaskFacts facts, Throwable cause) {
        super(message, facts, cause);
    }
}

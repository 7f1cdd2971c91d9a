// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/** The Relay rejected a request, or the request failed too often. */
public class RelayException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    public RelayException(String message) {
        super(message);
    }

    public RelayException(String message, TaskFacts facts) {
        super(message, facts, null);
    }

    public RelayException(String message, TaskFacts facts, Throwable cause) {
        super(message, facts, cause);
    }
}

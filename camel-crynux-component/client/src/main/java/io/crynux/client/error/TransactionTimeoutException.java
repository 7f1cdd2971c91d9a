// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/** The payment was sent but not mined in time. It may still be mined, so do not pay again. */
public class TransactionTimeoutException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    public TransactionTimeoutException(String message, TaskFacts facts) {
        super(message, facts, null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/** The wallet's balance does not cover the task fee and the gas. */
public class InsufficientFundsException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    public InsufficientFundsException(String message) {
        super(message);
    }

    public InsufficientFundsException(String message, TaskFacts facts) {
        super(message, facts, null);
    }
}

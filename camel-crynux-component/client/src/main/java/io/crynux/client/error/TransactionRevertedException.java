// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/**
 * The payment did not create a task: the contract reverted it, or another transaction of the wallet used its nonce. The fee was
 * not spent; a reverted transaction costs its gas.
 */
public class TransactionRevertedException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason the contract's revert reason, or null if it gave none */
    public TransactionRevertedException(String message, TaskFacts facts, String reason) {
        super(message, facts, null);
        this.reason = reason;
    }

    /** The contract's revert reason, or null if it gave none. */
    public String reason() {
        return reason;
    }
}

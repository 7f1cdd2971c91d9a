// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/**
 * The payment was mined but did not create a task: the contract reverted it, or its nonce was taken by another transaction
 * of the wallet. The fee was not spent; a reverted transaction costs its gas.
 */
public class TransactionRevertedException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason the contract's reason, or null where it gave none */
    public TransactionRevertedException(String message, TaskFacts facts, String reason) {
        super(message, facts, null);
        this.reason = reason;
    }

    /** The contract's own words, or null where it gave none. */
    public String reason() {
        return reason;
    }
}

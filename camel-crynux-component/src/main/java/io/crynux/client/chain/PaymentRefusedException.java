// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

/** The node refused a payment and does not have it. Its nonce is used by the next one. */
public final class PaymentRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean insufficientFunds;

    PaymentRefusedException(RpcException refusal, boolean insufficientFunds) {
        super(refusal.rpcMessage(), refusal);
        this.insufficientFunds = insufficientFunds;
    }

    public boolean isInsufficientFunds() {
        return insufficientFunds;
    }
}

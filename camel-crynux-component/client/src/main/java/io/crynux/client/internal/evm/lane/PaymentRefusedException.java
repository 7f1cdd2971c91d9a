// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.internal.evm.rpc.RpcException;

/**
 * A payment left and was refused, and the refusal proves that the network does not have it. The next payment takes its nonce,
 * and it stays watched until the nonce is used for good.
 */
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

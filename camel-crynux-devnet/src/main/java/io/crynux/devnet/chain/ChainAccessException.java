// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

/** A call or transaction that the chain refused or reverted; the message is the chain's reason. */
public final class ChainAccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ChainAccessException(String message) {
        super(message);
    }

    public ChainAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

/** Asked for balances or calls at a block whose state is no longer or not yet known. */
public final class UnknownStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownStateException(long blockNumber) {
        super("the state of block " + blockNumber + " is not known");
    }
}

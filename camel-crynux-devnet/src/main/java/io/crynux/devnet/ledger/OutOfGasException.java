// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

/** The gas limit was too low for the work. */
final class OutOfGasException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfGasException() {
        super("out of gas", null, false, false);
    }
}

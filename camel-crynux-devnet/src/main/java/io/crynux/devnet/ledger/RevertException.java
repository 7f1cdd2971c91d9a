// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

/** A contract refuses: its changes are rolled back, the data says why. */
public final class RevertException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String data;

    /** Reverts with the given ABI-encoded error, {@code 0x} for none. */
    public RevertException(String data) {
        super(RevertReason.of(data), null, false, false);
        this.data = data;
    }

    /** The ABI-encoded error, {@code 0x} for none. */
    public String data() {
        return data;
    }
}

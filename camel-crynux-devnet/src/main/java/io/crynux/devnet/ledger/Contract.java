// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

/** What lives at an address that has code. Everything it remembers it keeps in the {@link State} of the frame. */
public interface Contract {

    /**
     * Executes a call.
     *
     * @return the ABI-encoded answer, {@code 0x} for none
     * @throws RevertException when the contract refuses
     */
    String call(Frame frame);

    /** What {@code eth_getCode} answers: never empty, since clients take that for "no contract here". */
    String code();
}

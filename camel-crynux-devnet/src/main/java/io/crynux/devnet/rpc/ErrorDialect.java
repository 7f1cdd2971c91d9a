// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

/** The node that the RPC imitates where nodes differ: in the wording of errors, and in when they report them. */
public enum ErrorDialect {
    /** Foundry's anvil, and nearly geth: the default. Takes transactions of other chains and never mines them. */
    ANVIL,
    /** Hardhat 2: answers the sending of a transaction that then reverts with an error, although it is mined. */
    HARDHAT,
    /** Ganache 7. */
    GANACHE;

    ErrorWording wording() {
        return switch (this) {
            case ANVIL -> new AnvilWording();
            case HARDHAT -> new HardhatWording();
            case GANACHE -> new GanacheWording();
        };
    }

    /** Whether a transaction can wait for the nonces before its own when every transaction makes its own block. */
    public boolean nonceGapsWithAutomine() {
        return this != HARDHAT;
    }
}

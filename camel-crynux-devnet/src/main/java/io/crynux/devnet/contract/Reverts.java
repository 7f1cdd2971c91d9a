// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import io.crynux.devnet.ledger.RevertException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.web3j.utils.Numeric;

/** The ways in which a Solidity contract reverts. */
final class Reverts {
    private static final String ERROR = "0x08c379a0";
    private static final String PANIC = "0x4e487b71";

    static final int ARITHMETIC_OVERFLOW = 0x11;
    static final int DIVISION_BY_ZERO = 0x12;

    private Reverts() {}

    /** Reverts with {@code Error(string)} unless the condition holds. */
    static void require(boolean condition, String reason) {
        if (!condition) {
            throw error(reason);
        }
    }

    static RevertException error(String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        AbiEncoder abi = new AbiEncoder().dynamic(AbiEncoder.bytes(text));
        return new RevertException(ERROR + Numeric.toHexStringNoPrefix(abi.encoded()));
    }

    static RevertException panic(int code) {
        return new RevertException(PANIC + Numeric.toHexStringNoPrefixZeroPadded(BigInteger.valueOf(code), 64));
    }

    /** Reverts without data, as for an unknown function or calldata that is too short. */
    static RevertException empty() {
        return new RevertException("0x");
    }
}

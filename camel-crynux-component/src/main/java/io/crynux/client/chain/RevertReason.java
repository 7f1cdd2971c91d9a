// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.utils.Numeric;

/** Reads why a call was reverted from the data that the node attaches to its error (Solidity's ABI). */
final class RevertReason {
    private static final String ERROR = "08c379a0";
    private static final String PANIC = "4e487b71";
    private static final BigInteger DIVISION_BY_ZERO = BigInteger.valueOf(0x12);

    private RevertReason() {}

    /** The reason in the contract's words, or empty where the data tells none, as when the gas ran out. */
    static Optional<String> of(String data) {
        String digits = data == null ? "" : Numeric.cleanHexPrefix(data.replace("\"", ""));
        if (digits.startsWith(ERROR)) {
            return first(digits, new TypeReference<Utf8String>() {}).map(Object::toString);
        }
        if (digits.startsWith(PANIC)) {
            return first(digits, new TypeReference<Uint256>() {})
                    .map(code -> "Panic(0x" + ((BigInteger) code).toString(16) + ")"
                            + (DIVISION_BY_ZERO.equals(code)
                                    ? ": division by zero, as for cap 0 while no node is free"
                                    : ""));
        }
        return Optional.empty();
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static Optional<Object> first(String digits, TypeReference<?> type) {
        List<Type> values = FunctionReturnDecoder.decode(digits.substring(8), List.of((TypeReference<Type>) type));
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0).getValue());
    }
}

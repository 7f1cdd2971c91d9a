// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.internal.evm.rpc.RpcException;
import io.crynux.client.internal.text.ForeignText;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.utils.Numeric;

/** Reads why a call was reverted from the data that the node attaches to its error (Solidity's ABI). */
public final class RevertReason {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ERROR = "0x08c379a0";
    private static final String PANIC = "0x4e487b71";
    private static final int SELECTOR_DIGITS = 8;
    private static final BigInteger DIVISION_BY_ZERO = BigInteger.valueOf(0x12);

    private RevertReason() {}

    /** The reason in the contract's words, or empty where the error tells none, as when the gas ran out. */
    public static Optional<String> of(RpcException error) {
        return hex(error.data()).flatMap(RevertReason::decoded).map(ForeignText::shown);
    }

    /**
     * The attached bytes. Nodes attach them as they are (anvil, geth), in an object as {@code data} (hardhat) or as
     * {@code result} (ganache's estimates); see the recordings.
     */
    private static Optional<String> hex(String data) {
        if (data == null) {
            return Optional.empty();
        }
        JsonNode attached;
        try {
            attached = JSON.readTree(data);
        } catch (JsonProcessingException e) {
            // Without quotes it is no JSON, and may be the bytes all the same.
            return Optional.of(data);
        }
        return Stream.of(attached, attached.path("data"), attached.path("data").path("data"), attached.path("result"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst();
    }

    private static Optional<String> decoded(String hex) {
        if (hex.startsWith(ERROR)) {
            return first(hex, new TypeReference<Utf8String>() {}).map(Object::toString);
        }
        if (hex.startsWith(PANIC)) {
            return first(hex, new TypeReference<Uint256>() {})
                    .map(code -> "Panic(0x" + ((BigInteger) code).toString(16) + ")"
                            + (DIVISION_BY_ZERO.equals(code)
                                    ? ": division by zero, as for cap 0 while no node is free"
                                    : ""));
        }
        return Optional.empty();
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static Optional<Object> first(String hex, TypeReference<?> type) {
        String arguments = Numeric.cleanHexPrefix(hex).substring(SELECTOR_DIGITS);
        List<Type> values = FunctionReturnDecoder.decode(arguments, List.of((TypeReference<Type>) type));
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0).getValue());
    }
}

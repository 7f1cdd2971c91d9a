// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.devnet.contract.CrynuxContracts;
import io.crynux.devnet.contract.TaskContractVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import org.web3j.utils.Numeric;

/** The contracts as EVM code, compiled from {@code src/main/solidity}; the constructors' arguments are behind it. */
final class ContractCode {
    private static final String RESOURCE = "/io/crynux/devnet/contract/solidity.json";
    private static final int WORD_DIGITS = 64;

    private final JsonNode compiled;

    private ContractCode(JsonNode compiled) {
        this.compiled = compiled;
    }

    static ContractCode load() {
        try (InputStream in = ContractCode.class.getResourceAsStream(RESOURCE)) {
            return new ContractCode(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hash of the sources that the code was compiled from, as compile.js makes it. */
    String sources() {
        return compiled.path("sources").asText();
    }

    /** What makes the Node contract, with the address that may let nodes join and leave. */
    String nodeContract(ContractSettings settings, String operator) {
        return code("NodeContract")
                + word(Numeric.toBigInt(operator))
                + word(Numeric.toBigInt(CrynuxContracts.OWNER))
                + word(settings.stake());
    }

    /** What makes the Task contract, with the address of the Node contract that it belongs to. */
    String taskContract(ContractSettings settings, String nodeContract) {
        return code("TaskContract")
                + word(Numeric.toBigInt(nodeContract))
                + word(flag(settings.version() == TaskContractVersion.SEVEN_ARGUMENTS))
                + word(BigInteger.valueOf(settings.queueSize()))
                + word(BigInteger.valueOf(settings.taskTimeout().toSeconds()))
                + word(flag(settings.indexedTaskIds()));
    }

    private String code(String name) {
        return compiled.path("bytecode").path(name).asText();
    }

    private static BigInteger flag(boolean value) {
        return value ? BigInteger.ONE : BigInteger.ZERO;
    }

    private static String word(BigInteger value) {
        return Numeric.toHexStringNoPrefixZeroPadded(value, WORD_DIGITS);
    }
}

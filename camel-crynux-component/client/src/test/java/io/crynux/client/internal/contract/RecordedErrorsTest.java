// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.evm.lane.SendRefusal;
import io.crynux.client.internal.evm.rpc.RpcException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real nodes answer when they refuse or revert is understood, whatever their words. */
class RecordedErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "07b-create-value-over-balance, send / send, INSUFFICIENT_FUNDS",
        "07b-create-value-over-balance-hardhat2, send / send, INSUFFICIENT_FUNDS",
        "07e-tx-client-errors, the same raw transaction again (already mined), DOUBTFUL",
        "07e-tx-client-errors, nonce too low (0) / send, DOUBTFUL",
        "07e-tx-client-errors-hardhat2, nonce too low (0) / send, DOUBTFUL",
        "07e-tx-client-errors, gasPrice 1 wei, DOUBTFUL",
        "07e-tx-client-errors-hardhat2, wrong chain id 1, DOUBTFUL",
        "07c-create-gas, gas 20000 (below intrinsic) / send, INVALID"
    })
    void refusalsProveWhatTheySay(String recording, String label, SendRefusal meaning) {
        assertThat(SendRefusal.of(error(recording, label))).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "07-create-invalid-type, Invalid task type",
        "07-create-invalid-type-hardhat2, Invalid task type",
        "07-create-invalid-type-ganache, Invalid task type"
    })
    void revertReasonsAreRead(String recording, String reason) {
        assertThat(RevertReason.of(error(recording, "eth_call replay at the parent block, to get the reason")))
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource({"07d-gpt-cap0-no-node", "07d-gpt-cap0-no-node-hardhat2"})
    void panicsAreExplained(String recording) {
        assertThat(RevertReason.of(error(recording, "call")))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("Panic(0x12): division by zero"));
    }

    private static RpcException error(String recording, String label) {
        JsonNode error = Recording.of(recording).entry(label).path("response").path("error");
        assertThat(error.isObject()).as("an error in " + label).isTrue();
        JsonNode data = error.path("data");
        // As web3j keeps it.
        return new RpcException(
                "eth_call",
                error.get("code").intValue(),
                error.get("message").textValue(),
                data.isMissingNode() ? null : data.toString());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.NetworkException;
import io.crynux.client.settings.GasSettings;
import io.crynux.client.settings.GasSettings.TransactionType;
import io.crynux.client.settings.LogSource;
import io.crynux.client.task.TaskState;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.OnDevnetChainOnly;
import io.crynux.testing.RpcProxy;
import io.crynux.testing.RpcProxy.Fault;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.transaction.type.Transaction1559;

/** Calls that some nodes do not have are gone around, which is reported once; where that cannot be, the start says so. */
@Tag("chain")
class MissingCallsTest extends ChainTestSupport {
    private static CrynuxDevnet shared;

    @BeforeAll
    static void startNetwork() {
        shared = quick().start();
    }

    @AfterAll
    static void stopNetwork() {
        shared.close();
    }

    @BeforeEach
    void startProxy() {
        devnet = shared;
        rpc = proxyTo(devnet.rpcUrl());
    }

    /** How nodes and gateways say that they do not have a call. */
    static Stream<Arguments> refusals() {
        return Stream.of(
                error(-32601, "the method eth_maxPriorityFeePerGas does not exist/is not available"),
                error(-32601, "Method not found"),
                error(-32000, "Unsupported method: eth_maxPriorityFeePerGas"),
                error(-32004, "this request method is not supported"),
                error(-32000, "rpc method is not whitelisted"),
                error(-32603, "Internal error"),
                Arguments.of(new Fault(404, Map.of(), "not found")),
                Arguments.of(new Fault(405, Map.of(), "")),
                Arguments.of(new Fault(403, Map.of(), "{\"message\":\"method is not allowed\"}")),
                Arguments.of(new Fault(200, Map.of(), "{\"jsonrpc\":\"2.0\",\"result\":null}")));
    }

    private static Arguments error(int code, String words) {
        return Arguments.of(new Fault(200, Map.of(), RpcProxy.error(code, words).toString()));
    }

    private void refuse(String method, Fault refusal) {
        rpc.gate(request -> {
            if (!request.path("method").asText().equals(method)) {
                return null;
            }
            String body =
                    refusal.body().replace("\"jsonrpc\":\"2.0\"", "\"jsonrpc\":\"2.0\",\"id\":" + request.get("id"));
            return new Fault(refusal.status(), refusal.headers(), body);
        });
    }

    @ParameterizedTest
    @MethodSource("refusals")
    @OnDevnetChainOnly("the base fee floats on anvil")
    void theTipIsWhatTheGasPriceIsAboveTheBaseFee(Fault refusal) throws Exception {
        refuse("eth_maxPriorityFeePerGas", refusal);

        try (LoggedMessages logged = new LoggedMessages("io.crynux.client.internal.evm")) {
            CrynuxClient client = open(builder());
            assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);
            get(submitUntilCreated(client, "30"));

            assertThat(logged.ofThreads("").stream().filter(text -> text.contains("does not offer")))
                    .singleElement()
                    .asString()
                    .startsWith("The node at " + rpc.url() + " does not offer eth_maxPriorityFeePerGas (")
                    .endsWith("eth_gasPrice less the base fee is used instead");
        }
        Transaction1559 sent = (Transaction1559) sent().get(0).getTransaction();
        // The devnet asks for 2 gwei, of which 1 is the base fee; the price is multiplied by 1.2.
        assertThat(sent.getMaxPriorityFeePerGas())
                .isEqualTo(GWEI.multiply(BigInteger.valueOf(12)).divide(BigInteger.TEN));
    }

    @Test
    @OnDevnetChainOnly("the base fee floats on anvil")
    void theGasPriceIsBaseFeeAndTip() throws Exception {
        rpc.intercept("eth_gasPrice", (params, node) -> RpcProxy.error(-32601, "Method not found"));
        GasSettings legacy = new GasSettings(GasSettings.LEAST_GAS_LIMIT, BigDecimal.ONE, TransactionType.LEGACY, null);

        assertThat(get(submitUntilCreated(open(builder().gas(legacy)), "30")).state())
                .isEqualTo(TaskState.CREATED);
        assertThat(sent().get(0).getGasPrice()).isEqualTo(GWEI.multiply(BigInteger.TWO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unsupported block tag pending",
                "pending block is not available",
                "invalid argument 1: hex string without 0x prefix",
                "null"
            })
    void theNextNonceIsThatOfTheNewestBlockAndWhatIsInFlight(String words) throws Exception {
        rpc.intercept("eth_getTransactionCount", (params, node) -> {
            if (!params.path(1).asText().equals("pending")) {
                return node.get();
            }
            return words.equals("null") ? RpcProxy.result(null) : RpcProxy.error(-32000, words);
        });
        long before = minedTransactions();
        CrynuxClient client = open(builder());

        try (LoggedMessages logged = new LoggedMessages("io.crynux.client.internal.evm")) {
            var first = submitUntilCreated(client, "30");
            var second = submitUntilCreated(client, "30");
            assertThat(get(first).state()).isEqualTo(TaskState.CREATED);
            assertThat(get(second).state()).isEqualTo(TaskState.CREATED);

            assertThat(logged.ofThreads("").stream().filter(text -> text.contains("does not offer")))
                    .singleElement()
                    .asString()
                    .contains("eth_getTransactionCount at the block tag pending");
        }
        assertThat(minedTransactions()).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth_getTransactionCount", "eth_getBalance"})
    void whatHasNoWayAroundIsFoundAtTheStart(String method) throws Exception {
        rpc.intercept(method, (params, node) -> RpcProxy.error(-32601, "the method " + method + " does not exist"));

        assertThat(failure(open(builder()).connect()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining(method)
                .hasMessageContaining("Set rpcUrl to a node that does");
    }

    @Test
    void aPriceThatCannotBeHadIsFoundAtTheStart() throws Exception {
        rpc.intercept("eth_gasPrice", MissingCallsTest::refused)
                .intercept("eth_maxPriorityFeePerGas", MissingCallsTest::refused);

        assertThat(failure(open(builder()).connect()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("the price of gas, which payments need")
                .hasMessageContaining("Set rpcUrl to a node that does");
    }

    private static ObjectNode refused(JsonNode params, Object node) {
        return RpcProxy.error(-32601, "Method not found");
    }

    @Test
    void receiptsAreReadOneByOne() throws Exception {
        rpc.intercept("eth_getBlockReceipts", (params, node) -> RpcProxy.error(-32000, "Unsupported method"));

        assertThat(get(submitUntilCreated(open(builder().logSource(LogSource.RECEIPTS)), "30"))
                        .state())
                .isEqualTo(TaskState.CREATED);
        // Once by the probe, and by each reader.
        assertThat(rpc.calls("eth_getBlockReceipts")).hasSizeBetween(1, 5);
    }
}

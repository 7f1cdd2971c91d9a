// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.RpcClient;
import io.crynux.devnet.chain.TaskCalls;
import io.crynux.devnet.chain.TestNetwork;
import io.crynux.devnet.fault.Fault;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** What the JSON-RPC tells wrong of a chain that is right. */
class RpcFaultsTest {
    private final TestNetwork network = new TestNetwork().join(3);
    private final RpcFaults faults = network.chain.rpcFaults();
    private long nonce;

    @AfterEach
    void close() {
        network.close();
    }

    private String signed() {
        RawTransaction transaction = RawTransaction.createTransaction(
                network.chain.chainId(),
                BigInteger.valueOf(nonce++),
                BigInteger.valueOf(2_000_000),
                network.chain.contractAddress(),
                BigInteger.TEN.pow(18),
                TaskCalls.createTask(1, Hash.sha3String("task"), 8, 1),
                BigInteger.TEN.pow(9),
                BigInteger.TEN.pow(10));
        return Numeric.toHexString(TransactionEncoder.signMessage(transaction, network.alice));
    }

    private JsonNode send(String signed) {
        return network.rpc.call("eth_sendRawTransaction", signed);
    }

    private int logs() {
        return network.rpc
                .result("eth_getLogs", Map.of("fromBlock", "earliest"))
                .size();
    }

    private boolean hasReceipt(String hash) {
        return network.rpc.result("eth_getTransactionReceipt", hash).isObject();
    }

    @Test
    void logsAreMissingSoOften() {
        send(signed());
        faults.emptyLogs().times(2);
        assertThat(logs()).isZero();
        assertThat(network.rpc.result("eth_blockNumber").asText()).isEqualTo("0x4");
        assertThat(logs()).isZero();
        assertThat(logs()).isEqualTo(4);
    }

    @Test
    void logsAreLateBySomeBlocks() {
        send(signed());
        Fault late = faults.lateLogs(2);
        assertThat(logs()).isZero();
        network.chain.mine();
        assertThat(logs()).isZero();
        network.chain.mine();
        assertThat(logs()).isEqualTo(4);
        late.end();
    }

    @Test
    void firstReceiptsAreNull() {
        String hash = send(signed()).path("result").asText();
        faults.nullReceipts().times(2);
        assertThat(hasReceipt(hash)).isFalse();
        assertThat(hasReceipt(hash)).isFalse();
        assertThat(hasReceipt(hash)).isTrue();
    }

    @Test
    void anErrorAlthoughTheTransactionWasTaken() {
        faults.takeButFailSend().times(1);
        String signed = signed();
        assertThat(send(signed).at("/error/message").asText()).isEqualTo("request timed out");
        assertThat(hasReceipt(Hash.sha3(signed))).isTrue();
        assertThat(send(signed()).has("result")).isTrue();
    }

    @Test
    void aHashAlthoughTheTransactionIsDropped() {
        network.chain.dropNext(1);
        String signed = signed();
        assertThat(send(signed).path("result").asText()).isEqualTo(Hash.sha3(signed));
        assertThat(network.rpc
                        .result("eth_getTransactionByHash", Hash.sha3(signed))
                        .isNull())
                .isTrue();
        assertThat(network.rpc
                        .result("eth_getTransactionCount", network.alice.getAddress(), "pending")
                        .asText())
                .isEqualTo("0x0");
        assertThat(send(signed).path("result").asText()).isEqualTo(Hash.sha3(signed));
        assertThat(hasReceipt(Hash.sha3(signed))).isTrue();
    }

    @Test
    void whatCannotBeTakenIsRefusedAllTheSame() {
        faults.dropSent();
        assertThat(send("0x1234").has("error")).isTrue();
    }

    @Test
    void oneMethodFails() {
        faults.respondError("eth_getBalance", -32005, "limit exceeded").times(1);
        JsonNode answer = network.rpc.call("eth_getBalance", network.alice.getAddress(), "latest");
        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32005);
        assertThat(network.balance(network.alice.getAddress())).isPositive();
    }

    @Test
    void someLogsAreMissing() {
        send(signed());
        List<JsonNode> all = network.logs();
        assertThat(all).hasSize(4);
        faults.missingLogs(3).times(1);
        assertThat(network.logs()).containsExactly(all.get(0), all.get(1), all.get(3));
        assertThat(network.logs()).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "17", "\"0xzz\"", "[[]]"})
    void anyResult(String json) throws Exception {
        faults.respondResult("eth_blockNumber", json).times(1);
        assertThat(network.rpc.call("eth_blockNumber").path("result")).isEqualTo(RpcClient.JSON.readTree(json));
        assertThat(network.rpc.result("eth_blockNumber").asText()).isEqualTo("0x3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "1 2"})
    void aResultMustBeJson(String json) {
        assertThatThrownBy(() -> faults.respondResult("eth_blockNumber", json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not JSON");
    }

    @Test
    void idsOfOthers() throws Exception {
        faults.wrongIds().times(2);
        JsonNode answer = RpcClient.JSON.readTree(network.rpc
                .post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"eth_chainId\"}")
                .body());
        assertThat(answer.path("id").asInt()).isEqualTo(8);
        assertThat(answer.path("result").asText()).isEqualTo("0x7a69");
        String answers = network.rpc
                .post("[{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"eth_chainId\"},"
                        + "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"eth_chainId\"}]")
                .body();
        assertThat(answers).contains("\"id\":\"a-other\"").contains("\"id\":\"b\"");
    }

    @Test
    void everyOtherRequestIsAnsweredByAServerThatIsBehind() {
        String hash = send(signed()).path("result").asText();
        Fault lagging = faults.laggingReplica(2, 2);
        assertThat(network.rpc.result("eth_blockNumber").asText()).isEqualTo("0x4");
        assertThat(network.rpc.result("eth_blockNumber").asText()).isEqualTo("0x2");
        assertThat(hasReceipt(hash)).isTrue();
        assertThat(hasReceipt(hash)).isFalse();
        assertThat(network.rpc
                        .result("eth_getTransactionByHash", hash)
                        .path("blockHash")
                        .isTextual())
                .isTrue();
        assertThat(network.rpc
                        .result("eth_getTransactionByHash", hash)
                        .path("blockHash")
                        .isNull())
                .isTrue();
        assertThat(logs()).isEqualTo(4);
        assertThat(logs()).isZero();
        String alice = network.alice.getAddress();
        assertThat(network.rpc
                        .result("eth_getTransactionCount", alice, "pending")
                        .asText())
                .isEqualTo("0x1");
        assertThat(network.rpc
                        .result("eth_getTransactionCount", alice, "pending")
                        .asText())
                .isEqualTo("0x0");
        assertThat(network.balance(alice)).isNotEqualTo(network.balance(alice));
        assertThat(network.rpc.result("eth_getBlockByNumber", "0x4", false).isObject())
                .isTrue();
        assertThat(network.rpc.result("eth_getBlockByNumber", "0x4", false).isNull())
                .isTrue();
        assertThat(lagging.hits()).isEqualTo(7);
        lagging.end();
        assertThat(network.rpc.result("eth_blockNumber").asText()).isEqualTo("0x4");
        assertThat(network.rpc.result("eth_blockNumber").asText()).isEqualTo("0x4");
    }

    @Test
    void whatIsSentToAServerBehindReachesTheChain() {
        faults.laggingReplica(3, 1);
        String hash = send(signed()).path("result").asText();
        faults.clear();
        assertThat(hasReceipt(hash)).isTrue();
    }

    @Test
    void faultsOfMethodsStrikeWithinBatches() {
        faults.respondError("eth_chainId", -32000, "no").times(1);
        String answers = network.rpc
                .post("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"},"
                        + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"eth_chainId\"}]")
                .body();
        assertThat(answers).contains("\"error\"").contains("\"result\":\"0x7a69\"");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.contract.ContractSettings;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** A chain where every transaction is mined at once, with Alice and Bob as creators, and six nodes that can join. */
public final class TestNetwork implements AutoCloseable {
    public static final BigInteger CNX = BigInteger.TEN.pow(18);
    private static final Map<String, String> EVENTS = new LinkedHashMap<>();

    static {
        List.of(
                        "TaskPending(uint256,uint256,address,bytes32,bytes32)",
                        "TaskStarted(uint256,uint256,address,address,bytes32,bytes32,uint256)",
                        "TaskResultCommitmentsReady(uint256)",
                        "TaskSuccess(uint256,bytes,address)",
                        "TaskAborted(uint256,string)",
                        "TaskResultUploaded(uint256)",
                        "TaskNodeSuccess(uint256,address,uint256)",
                        "TaskNodeSlashed(uint256,address)",
                        "TaskNodeCancelled(uint256,address)",
                        "NodeSlashed(address)",
                        "NodeKickedOut(address)")
                .forEach(signature ->
                        EVENTS.put(TaskCalls.topic(signature), signature.substring(0, signature.indexOf('('))));
    }

    public final Credentials alice = TestAccounts.account(8);
    public final Credentials bob = TestAccounts.account(9);
    public final List<Credentials> nodes =
            IntStream.rangeClosed(2, 7).mapToObj(TestAccounts::account).toList();
    private final SettableClock clock = new SettableClock(1_800_000_000);
    public final Chain chain;
    public final RpcClient rpc;

    public TestNetwork(ContractSettings settings) {
        ChainBuilder builder = Chain.builder()
                .blockTime(Duration.ZERO)
                .clock(clock)
                .contract(settings)
                .fund(alice.getAddress(), TestAccounts.TEN_THOUSAND)
                .fund(bob.getAddress(), TestAccounts.TEN_THOUSAND);
        nodes.forEach(node -> builder.fund(node.getAddress(), TestAccounts.TEN_THOUSAND));
        chain = builder.start();
        rpc = new RpcClient(chain.rpcUrl());
    }

    public TestNetwork() {
        this(ContractSettings.defaults());
    }

    /** Lets the first nodes join, with equal cards of 24 GB. */
    public TestNetwork join(int count) {
        for (int i = 0; i < count; i++) {
            join(i, "NVIDIA A", 24);
        }
        return this;
    }

    public JsonNode join(int node, String gpu, int vram) {
        return receipt(chain.joinNode(nodes.get(node).getAddress(), gpu, vram));
    }

    /** Sends a createTask of five arguments; the fee is in CNX. */
    public JsonNode create(Credentials creator, int type, int cap, int fee) {
        String taskHash = Hash.sha3String("task");
        return send(creator, TaskCalls.createTask(type, taskHash, 8, cap), CNX.multiply(BigInteger.valueOf(fee)));
    }

    public JsonNode send(Credentials sender, String data, BigInteger value) {
        return receipt(chain.access().send(sender, chain.contractAddress(), data, value));
    }

    public JsonNode send(Credentials sender, String data) {
        return send(sender, data, BigInteger.ZERO);
    }

    /** A node can answer with the hash a moment before it has made the block. */
    public JsonNode receipt(String hash) {
        return await().until(() -> rpc.result("eth_getTransactionReceipt", hash), JsonNode::isObject);
    }

    /** The node that a task's round was given to when it started. */
    public Credentials nodeOf(long taskId, int round) {
        JsonNode started = logs().stream()
                .filter(log -> name(log).equals("TaskStarted")
                        && word(log, 0).longValueExact() == taskId
                        && word(log, 4).longValueExact() == round)
                .findFirst()
                .orElseThrow();
        String address = "0x" + started.path("topics").path(2).asText().substring(26);
        return nodes.stream()
                .filter(node -> node.getAddress().equals(address))
                .findFirst()
                .orElseThrow();
    }

    public JsonNode commit(long taskId, int round, String result) {
        String nonce = Hash.sha3("0x" + TaskCalls.word(taskId) + TaskCalls.word(round));
        return send(nodeOf(taskId, round), TaskCalls.commit(taskId, round, TaskCalls.commitment(result, nonce), nonce));
    }

    public JsonNode disclose(long taskId, int round, String result) {
        return send(nodeOf(taskId, round), TaskCalls.disclose(taskId, round, result));
    }

    public JsonNode reportError(long taskId, int round) {
        return send(nodeOf(taskId, round), TaskCalls.reportError(taskId, round));
    }

    public JsonNode reportUploaded(long taskId, int round) {
        return send(nodeOf(taskId, round), TaskCalls.reportUploaded(taskId, round));
    }

    /** Has the three nodes commit to and disclose the given results, in the order of the rounds. */
    public void disclose(long taskId, List<String> results) {
        for (int round = 0; round < 3; round++) {
            commit(taskId, round, results.get(round));
        }
        for (int round = 0; round < 3; round++) {
            disclose(taskId, round, results.get(round));
        }
    }

    public void complete(long taskId, String result) {
        disclose(taskId, List.of(result, result, result));
        reportUploaded(taskId, 0);
    }

    /** Turns the chain's clock forward. */
    public void advance(Duration time) {
        chain.advanceTime(time);
    }

    /** All logs of the chain. */
    public List<JsonNode> logs() {
        List<JsonNode> logs = new ArrayList<>();
        rpc.result("eth_getLogs", Map.of("fromBlock", "earliest")).forEach(logs::add);
        return logs;
    }

    public static List<String> names(JsonNode receipt) {
        List<String> names = new ArrayList<>();
        receipt.path("logs").forEach(log -> names.add(name(log)));
        return names;
    }

    public static String name(JsonNode log) {
        return Optional.ofNullable(EVENTS.get(log.path("topics").path(0).asText()))
                .orElse("?");
    }

    /** The n-th word of a log's data. */
    public static BigInteger word(JsonNode log, int index) {
        return Numeric.toBigInt(log.path("data").asText().substring(2 + 64 * index, 66 + 64 * index));
    }

    /** The ids of the tasks that a transaction started. */
    public static List<Long> started(JsonNode receipt) {
        List<Long> ids = new ArrayList<>();
        receipt.path("logs").forEach(log -> {
            if (name(log).equals("TaskStarted") && word(log, 4).signum() == 0) {
                ids.add(word(log, 0).longValueExact());
            }
        });
        return ids;
    }

    public BigInteger balance(String address) {
        return Numeric.decodeQuantity(
                rpc.result("eth_getBalance", address, "latest").asText());
    }

    /** What an address's transactions cost in gas, in wei. */
    public static BigInteger gasCost(JsonNode receipt) {
        return Numeric.decodeQuantity(receipt.path("gasUsed").asText())
                .multiply(
                        Numeric.decodeQuantity(receipt.path("effectiveGasPrice").asText()));
    }

    /** Calls the Task contract without a transaction. */
    public JsonNode call(Credentials from, String data) {
        return rpc.call(
                "eth_call", Map.of("from", from.getAddress(), "to", chain.contractAddress(), "data", data), "latest");
    }

    @Override
    public void close() {
        chain.close();
    }
}

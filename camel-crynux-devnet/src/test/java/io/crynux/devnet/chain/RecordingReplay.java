// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.devnet.contract.TaskContractVersion;
import io.crynux.devnet.rpc.ErrorDialect;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** Sends a recording's requests to a chain of its own, in their order, and compares the answers. */
final class RecordingReplay implements AutoCloseable {
    private static final String OWNERSHIP_TRANSFERRED =
            "0x8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e0";
    /** These follow from what came before on the chain, deployments among it, and differ. */
    private static final Set<String> OF_THE_BLOCK =
            Set.of("blockHash", "blockNumber", "blockTimestamp", "cumulativeGasUsed", "gasUsed");

    private static final BigInteger STAKE = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(400));
    /** What nodes do costs gas as it comes; what creators do must be right, because they set limits by it. */
    private static final double NODES_GAS_TOLERANCE = 6;

    private static final double CREATORS_GAS_TOLERANCE = 1;
    /** Our contract in Solidity does the same by other instructions. */
    private static final double SOLIDITY_GAS_TOLERANCE = 75;

    private static final boolean ON_ANVIL =
            System.getProperty("crynux.backend", "devnet").equals("anvil");
    private static final Credentials OPERATOR = Credentials.create(Hash.sha3String("camel-crynux devnet operator"));

    private final Recording recording;
    private final SettableClock clock = new SettableClock(1_795_375_000);
    private final Chain chain;
    private final RpcClient rpc;
    private List<String> nextNodes = List.of();
    private List<String> preferred = List.of();
    private long blocksAhead;
    private final Map<String, BigInteger> gasPaidThere = new HashMap<>();
    private final Map<String, BigInteger> gasPaidHere = new HashMap<>();

    RecordingReplay(Recording recording, int queueSize, BigInteger baseFee, long blockGasLimit) {
        this.recording = recording;
        ContractSettings contract = ContractSettings.defaults()
                .withQueueSize(queueSize)
                .withNodeSelection(this::select)
                .withVersion(
                        recording.sevenArguments()
                                ? TaskContractVersion.SEVEN_ARGUMENTS
                                : TaskContractVersion.FIVE_ARGUMENTS);
        ChainBuilder builder = Chain.builder()
                .chainId(recording.chainId())
                .blockTime(Duration.ZERO)
                .baseFee(baseFee)
                .blockGasLimit(blockGasLimit)
                .clock(clock)
                .contract(contract)
                .errorDialect(dialect(recording.client()));
        recording.roles().values().forEach(address -> builder.fund(address, TestAccounts.TEN_THOUSAND));
        chain = builder.start();
        clock.advance(600);
        rpc = new RpcClient(chain.rpcUrl());
    }

    private static ErrorDialect dialect(String client) {
        String name = client.toLowerCase(Locale.ROOT);
        if (name.startsWith("hardhat")) {
            return ErrorDialect.HARDHAT;
        }
        return name.startsWith("ganache") ? ErrorDialect.GANACHE : ErrorDialect.ANVIL;
    }

    /** The real contract picks at random; here the nodes are picked that it picked when the step was recorded. */
    private String select(List<String> candidates) {
        return nextNodes.stream().filter(candidates::contains).findFirst().orElse(candidates.get(0));
    }

    /** Lets the three nodes of the recordings join, each by a transaction of its own. */
    void joinNodes() {
        for (int i = 2; i <= 4; i++) {
            Credentials node = TestAccounts.account(i);
            holdTime();
            String hash = chain.access().send(node, chain.nodeContractAddress(), TaskCalls.join("GPU", 24), STAKE);
            succeed(hash);
        }
    }

    void replay(Recording.Entry entry) {
        nextNodes = recording.startedNodes(entry.step()).stream()
                .map(node -> node.toLowerCase(Locale.ROOT))
                .toList();
        if (ON_ANVIL) {
            replayOnAnvil(entry);
            return;
        }
        switch (entry.method()) {
            case "evm_increaseTime" ->
                clock.advance(entry.request().path("params").path(0).asLong());
            case "evm_mine" -> chain.mine();
            case "anvil_dropTransaction" -> {
                // Only cleans up behind the step before it.
            }
            case "eth_sendRawTransaction" -> {
                clock.set(timeOf(entry.step()));
                compare(entry);
            }
            default -> compare(entry);
        }
    }

    private void replayOnAnvil(Recording.Entry entry) {
        switch (entry.method()) {
            case "evm_increaseTime" -> {
                // The next step tells its time.
            }
            case "evm_mine", "anvil_dropTransaction" -> ask(entry);
            case "eth_sendRawTransaction" -> {
                prefer(nextNodes);
                clock.set(timeOf(entry.step()));
                holdTime();
                compare(entry);
                // It answers with the hash a moment before it has made the block.
                await().until(() -> rpc.result("txpool_status").path("pending").asText(), "0x0"::equals);
            }
            default -> compare(entry);
        }
    }

    private void succeed(String transaction) {
        await().until(() -> chain.access().succeeded(transaction), Optional::isPresent);
        assertThat(chain.access().succeeded(transaction)).contains(true);
    }

    /** A block that comes between two steps must not be later than the next one. */
    private void holdTime() {
        if (ON_ANVIL) {
            rpc.result("evm_setNextBlockTimestamp", clock.instant().getEpochSecond());
        }
    }

    private void prefer(List<String> nodes) {
        if (!nodes.equals(preferred)) {
            holdTime();
            String wish = TaskCalls.prefer(nodes);
            succeed(chain.access().send(OPERATOR, chain.nodeContractAddress(), wish, BigInteger.ZERO));
            preferred = nodes;
        }
    }

    private long timeOf(String step) {
        for (Recording.Entry entry : recording.entries()) {
            JsonNode timestamp = entry.response().path("result").path("blockTimestamp");
            if (entry.step().equals(step) && timestamp.isNumber()) {
                return timestamp.asLong();
            }
        }
        return clock.instant().getEpochSecond();
    }

    private void compare(Recording.Entry entry) {
        JsonNode expected = entry.response();
        JsonNode answer = entry.method().equals("eth_getTransactionReceipt")
                        && !expected.path("result").isNull()
                // A node can answer with the hash a moment before it has made the block.
                ? await().until(() -> ask(entry), reply -> !reply.path("result").isNull())
                : ask(entry);
        if (expected.has("error")) {
            assertThat(withoutInternals(answer.path("error")))
                    .as(entry.label())
                    .isEqualTo(withoutInternals(expected.path("error")));
            return;
        }
        assertThat(answer.has("result")).as(entry.label() + ": " + answer).isTrue();
        JsonNode here = answer.path("result");
        JsonNode there = expected.path("result");
        switch (entry.method()) {
            case "eth_estimateGas" ->
                assertThat(number(here).doubleValue())
                        .as(entry.label())
                        .isCloseTo(number(there).doubleValue(), gasTolerance(entry));
            case "eth_getBalance" -> compareBalance(entry, here, there);
            case "eth_getTransactionReceipt" -> compareReceipt(entry, here, there);
            default -> assertThat(comparable(here)).as(entry.label()).isEqualTo(comparable(there));
        }
    }

    private JsonNode ask(Recording.Entry entry) {
        JsonNode params = entry.request().path("params").deepCopy();
        if (entry.method().equals("eth_call") && params.path(1).asText().startsWith("0x")) {
            long number = number(params.path(1)).longValueExact() + blocksAhead;
            ((ArrayNode) params).set(1, new TextNode("0x" + Long.toHexString(number)));
        }
        Object[] arguments = new Object[params.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = params.get(i);
        }
        return rpc.call(entry.method(), arguments);
    }

    private void compareReceipt(Recording.Entry entry, JsonNode here, JsonNode there) {
        if (there.isNull()) {
            assertThat(here.isNull()).as(entry.label()).isTrue();
            return;
        }
        blocksAhead = number(here.path("blockNumber"))
                .subtract(number(there.path("blockNumber")))
                .longValueExact();
        payGas(gasPaidHere, here);
        payGas(gasPaidThere, there);
        assertThat(number(here.path("gasUsed")).doubleValue())
                .as(entry.label() + ": gas used")
                .isCloseTo(number(there.path("gasUsed")).doubleValue(), gasTolerance(entry));
        JsonNode expected = comparable(there);
        JsonNode actual = comparable(here);
        if (dialect(recording.client()) != ErrorDialect.ANVIL) {
            // The dialects are those of the errors; receipts have anvil's fields, which are more.
            ((ObjectNode) actual)
                    .retain(expected.propertyStream().map(Map.Entry::getKey).toList());
        }
        assertThat(actual).as(entry.label()).isEqualTo(expected);
    }

    private static Percentage gasTolerance(Recording.Entry entry) {
        boolean ofNode = entry.label().startsWith("task ");
        if (ON_ANVIL) {
            return Percentage.withPercentage(SOLIDITY_GAS_TOLERANCE);
        }
        return Percentage.withPercentage(ofNode ? NODES_GAS_TOLERANCE : CREATORS_GAS_TOLERANCE);
    }

    private static void payGas(Map<String, BigInteger> paid, JsonNode receipt) {
        BigInteger gas = number(receipt.path("gasUsed")).multiply(number(receipt.path("effectiveGasPrice")));
        paid.merge(receipt.path("from").asText(), gas, BigInteger::add);
    }

    /** Balances must be equal but for the gas; of the nodes' joining, which is not in the recordings, something remains. */
    private void compareBalance(Recording.Entry entry, JsonNode here, JsonNode there) {
        String address = entry.request().path("params").path(0).asText().toLowerCase(Locale.ROOT);
        BigInteger netHere = number(here).add(gasPaidHere.getOrDefault(address, BigInteger.ZERO));
        BigInteger netThere = number(there).add(gasPaidThere.getOrDefault(address, BigInteger.ZERO));
        boolean node = entry.label().contains("of node");
        BigInteger joining = node ? BigInteger.TEN.pow(16) : BigInteger.ZERO;
        assertThat(netHere).as(entry.label()).isCloseTo(netThere, within(joining));
    }

    /** An answer without what belongs to the block, and without the log of the contract's deployment. */
    private static JsonNode comparable(JsonNode json) {
        JsonNode copy = json.deepCopy();
        if (copy.isArray()) {
            ArrayNode kept = RpcClient.JSON.createArrayNode();
            for (JsonNode element : copy) {
                if (!element.path("topics").path(0).asText().equals(OWNERSHIP_TRANSFERRED)) {
                    kept.add(comparable(element));
                }
            }
            return kept;
        }
        if (copy instanceof ObjectNode object) {
            object.remove(OF_THE_BLOCK);
            if (object.path("type").asText().equals("0x2")) {
                // Made of the block's base fee.
                object.remove(Set.of("effectiveGasPrice", "gasPrice"));
            }
            if (object.has("logs")) {
                object.set("logs", comparable(object.path("logs")));
            }
        }
        return copy;
    }

    private static JsonNode withoutInternals(JsonNode error) {
        JsonNode copy = error.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.remove("stack");
            if (object.path("data") instanceof ObjectNode data) {
                data.remove("programCounter");
            }
        }
        return copy;
    }

    private static BigInteger number(JsonNode quantity) {
        return Numeric.decodeQuantity(quantity.asText());
    }

    @Override
    public void close() {
        chain.close();
    }
}

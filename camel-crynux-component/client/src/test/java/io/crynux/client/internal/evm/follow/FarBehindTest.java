// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.evm.FollowSettings;
import io.crynux.client.settings.LogSource;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.RpcProxy;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** However far the newest block is from the last one that was read, all events between are told once, by few requests. */
class FarBehindTest extends FollowingTestSupport {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Every so many blocks of the long chain there is a task. */
    private static final long TASK_EVERY = 100_000;

    @RegisterExtension
    static CrynuxDevnet devnet = still().build();

    @Override
    CrynuxDevnet devnet() {
        return devnet;
    }

    private RpcProxy proxy() {
        return closedLater(RpcProxy.to(devnet.rpcUrl()));
    }

    private static FollowSettings ranges(int most, LogSource source) {
        return new FollowSettings(QUICKLY, List.of(), source, most);
    }

    /** A node of a chain with millions of blocks, of which each is told when it is asked for. */
    private RpcProxy longChain(long head) {
        RpcProxy node = proxy();
        node.intercept("eth_getBlockByNumber", (params, usual) -> {
            String which = params.get(0).asText();
            return RpcProxy.result(block(which.equals("latest") ? head : Long.decode(which)));
        });
        node.intercept("eth_getLogs", (params, usual) -> {
            JsonNode filter = params.get(0);
            if (filter.has("blockHash")) {
                return RpcProxy.result(JSON.createArrayNode());
            }
            long from = Long.decode(filter.get("fromBlock").asText());
            long to = Long.decode(filter.get("toBlock").asText());
            return RpcProxy.result(logs(from, to));
        });
        return node;
    }

    private static String hash(long number) {
        return "0x%064x".formatted(number + 0xabcdef);
    }

    private static ObjectNode block(long number) {
        return JSON.createObjectNode()
                .put("number", "0x" + Long.toHexString(number))
                .put("hash", hash(number))
                .put("parentHash", hash(number - 1))
                .put("logsBloom", "0x" + "00".repeat(256));
    }

    private static ArrayNode logs(long from, long to) {
        ArrayNode logs = JSON.createArrayNode();
        for (long number = (from + TASK_EVERY - 1) / TASK_EVERY * TASK_EVERY; number <= to; number += TASK_EVERY) {
            ObjectNode log = logs.addObject()
                    .put("address", devnet.contractAddress())
                    .put("blockNumber", "0x" + Long.toHexString(number))
                    .put("blockHash", hash(number))
                    .put("transactionHash", hash(number))
                    .put("transactionIndex", "0x0")
                    .put("logIndex", "0x0")
                    .put("data", "0x");
            // TaskResultUploaded(uint256 indexed taskId)
            log.putArray("topics")
                    .add(org.web3j.abi.EventEncoder.buildEventSignature("TaskResultUploaded(uint256)"))
                    .add("0x%064x".formatted(number));
        }
        return logs;
    }

    @Test
    void aMillionBlocksAreReadByRanges() throws Exception {
        RpcProxy node = longChain(1_000_000);

        Following following = follow(BigInteger.valueOf(17), polling(NEVER), node.url());

        assertThat(following.events()).hasSize(9);
        assertThat(following.events().get(8)).isEqualTo(hash(900_000) + " " + hash(900_000));
        assertThat(following.head()).isEqualTo(1_000_000);
        assertThat(node.calls("eth_getLogs")).hasSizeBetween(500, 510);
        // The one at the end of each range, and those near the newest.
        assertThat(node.calls("eth_getBlockByNumber")).hasSizeBetween(750, 800);
    }

    @Test
    void rangesThatAreRefusedHalveAndGrowAgain() throws Exception {
        RpcProxy node = longChain(100_000);
        AtomicInteger refused = new AtomicInteger();
        node.intercept("eth_getLogs", (params, usual) -> {
            JsonNode filter = params.get(0);
            long from = Long.decode(filter.get("fromBlock").asText());
            long to = Long.decode(filter.get("toBlock").asText());
            // Early blocks are crowded.
            if (to - from >= (from < 20_000 ? 500 : 5_000)) {
                refused.incrementAndGet();
                return RpcProxy.error(-32005, "query returned more than 10000 results");
            }
            return RpcProxy.result(logs(from, to));
        });

        Following following = follow(BigInteger.ZERO, polling(NEVER), node.url());

        assertThat(following.head()).isEqualTo(100_000);
        assertThat(refused).hasPositiveValue().hasValueLessThan(20);
        assertThat(node.calls("eth_getLogs")).hasSizeLessThan(130);
    }

    @Test
    void maxBlockRangeIsNotExceeded() throws Exception {
        RpcProxy node = longChain(10_000);

        follow(BigInteger.ZERO, ranges(100, LogSource.LOGS), node.url());

        assertThat(node.calls("eth_getLogs")).hasSizeBetween(97, 99).allSatisfy(call -> {
            JsonNode filter = call.at("/params/0");
            assertThat(Long.decode(filter.get("toBlock").asText())
                            - Long.decode(filter.get("fromBlock").asText()))
                    .isLessThan(100);
        });
    }

    @Test
    void aSweepThatIsInterruptedGoesOnWhereItWas() throws Exception {
        RpcProxy node = longChain(1_000_000);
        AtomicInteger ranges = new AtomicInteger();
        node.intercept("eth_getLogs", (params, usual) -> {
            JsonNode filter = params.get(0);
            if (ranges.incrementAndGet() % 100 == 0) {
                return RpcProxy.result("nonsense");
            }
            return RpcProxy.result(logs(
                    Long.decode(filter.get("fromBlock").asText()),
                    Long.decode(filter.get("toBlock").asText())));
        });

        Following following = follow(BigInteger.ZERO, polling(QUICKLY), node.url());

        assertThat(following.events()).hasSize(9).doesNotHaveDuplicates();
        assertThat(ranges).hasValueLessThan(600);
    }

    @Test
    void thoseThatCameDuringAnOutageAreReadByRangesToo() throws Exception {
        long start = head();
        RpcProxy node = proxy();
        Following following = follow(polling(QUICKLY), node.url());
        mineTask();
        await().atMost(SOON).until(() -> following.head() == head());
        int before = node.calls("eth_getBlockByNumber").size();
        node.goDown();
        mineTask();
        mine(1000);
        mineTask();
        node.recover();

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(3).isEqualTo(truthAfter(start));
        assertThat(node.calls("eth_getBlockByNumber").size() - before).isLessThan(400);
    }

    @Test
    void receiptsOfManyBlocksAreReadToo() throws Exception {
        long start = head();
        mineTask();
        mine(150);
        mineTask();
        mine(300);
        RpcProxy node = proxy();

        Following following = follow(BigInteger.valueOf(start), ranges(2_000, LogSource.RECEIPTS), node.url());

        assertThat(following.events()).hasSize(2).isEqualTo(truthAfter(start));
        assertThat(node.calls("eth_getLogs")).isEmpty();
        assertThat(node.calls("eth_getBlockReceipts")).hasSize(2);
    }
}

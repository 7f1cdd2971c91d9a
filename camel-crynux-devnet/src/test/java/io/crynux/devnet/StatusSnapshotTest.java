// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.fake.RelayCalls;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.ledger.Reorg;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What GET /devnet/status tells, and what it tells of single tasks. */
class StatusSnapshotTest {
    private static final String SD =
            "{\"base_model\":{\"name\":\"crynux-network/sdxl-turbo\"},\"prompt\":\"a lighthouse\","
                    + "\"task_config\":{\"num_images\":2,\"image_width\":64,\"image_height\":64,\"seed\":7}}";
    private static final String GPT = "{\"model\":\"Qwen/Qwen2.5-7B-Instruct\",\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"Why do iron bridges have gaps?\"}]}";

    private static final CrynuxDevnet DEVNET = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(50))
            .relayLag(Duration.ofMillis(20))
            .workTime(Duration.ofMillis(10))
            .accounts(2)
            .start();

    private final RelayCalls http = new RelayCalls(DEVNET.relayUrl());
    private final Creator creator = new Creator(DEVNET, 0);

    @AfterAll
    static void close() {
        DEVNET.close();
    }

    @AfterEach
    void clear() {
        DEVNET.faults().clear();
        DEVNET.chain().resumeBlocks();
    }

    private JsonNode status() {
        RelayCalls.Answer answer = http.get("/devnet/status");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        return answer.json();
    }

    private JsonNode until(Predicate<JsonNode> wanted) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(this::status, wanted);
    }

    private JsonNode untilTask(long id, Predicate<JsonNode> wanted) {
        return task(until(status -> wanted.test(task(status, id))), id);
    }

    private static JsonNode task(JsonNode status, long id) {
        for (JsonNode task : status.at("/tasks/newest")) {
            if (task.path("id").asText().equals(Long.toString(id))) {
                return task;
            }
        }
        return status.path("no such task");
    }

    private static Predicate<JsonNode> in(String state) {
        return task -> task.path("state").asText().equals(state);
    }

    @Test
    void anImageTaskFromItsCreationToItsFiles() {
        long id = creator.createTask(0, SD, 8, 2);
        JsonNode started = untilTask(id, in("started"));
        assertThat(started.path("kind").asText()).isEqualTo("sd");
        assertThat(started.path("creator").asText())
                .isEqualToIgnoringCase(DEVNET.account(0).address());
        assertThat(started.path("fee").asText()).isEqualTo("30000000000000000000");
        assertThat(started.path("nodes")).hasSize(3);
        assertThat(started.path("parametersUploaded").asBoolean()).isFalse();
        assertThat(started.path("prompt").isNull()).isTrue();

        creator.upload(id, SD);
        JsonNode done = untilTask(id, in("succeeded"));
        assertThat(done.path("prompt").asText()).isEqualTo("a lighthouse");
        assertThat(done.path("model").asText()).isEqualTo("crynux-network/sdxl-turbo");
        assertThat(done.path("files").asInt()).isEqualTo(2);
        assertThat(done.path("endedAt").asLong())
                .isGreaterThanOrEqualTo(done.path("createdAt").asLong());
        assertThat(done.path("transaction").asText()).matches("0x[0-9a-f]{64}");

        JsonNode details = http.get("/devnet/tasks/" + id).json();
        assertThat(details.path("parameters").asText()).isEqualTo(SD);
        assertThat(details.path("state").asText()).isEqualTo("succeeded");
        RelayCalls.Answer file = http.get("/devnet/tasks/" + id + "/files/1");
        assertThat(file.contentType()).isEqualTo("image/png");
        assertThat(file.body()).isEqualTo(creator.download(id, 1));
    }

    @Test
    void theFirstWordsOfAnAnswerAndAllOfThem() {
        long id = creator.createTask(1, GPT, 8, 1);
        creator.upload(id, GPT);
        JsonNode done = untilTask(id, task -> task.path("files").asInt() == 1);
        assertThat(done.path("prompt").asText()).isEqualTo("Why do iron bridges have gaps?");
        assertThat(done.path("answer").asText()).contains("iron bridges").hasSizeLessThanOrEqualTo(161);

        JsonNode details = http.get("/devnet/tasks/" + id).json();
        assertThat(details.path("fullAnswer").asText())
                .startsWith(done.path("answer").asText().replace("\u2026", ""));
        assertThat(http.get("/devnet/tasks/" + id + "/files/0").contentType()).isEqualTo("application/json");
    }

    @Test
    void anAbortedTaskTellsWhyAndIsCounted() {
        long before = status().at("/tasks/byState/aborted").asLong();
        String args = GPT.replace("Qwen/", "devnet/unavailable-");
        long id = creator.createTask(1, args, 8, 1);
        creator.upload(id, args);

        JsonNode aborted = untilTask(id, in("aborted"));
        assertThat(aborted.path("abortReason").asText()).isEqualTo("Task error reported");
        JsonNode status = status();
        assertThat(status.at("/tasks/byState/aborted").asLong()).isEqualTo(before + 1);
    }

    @Test
    void aTaskThatAReorgDropsIsGone() {
        Fault pause = DEVNET.faults().nodes().pause();
        DEVNET.chain().pauseBlocks();
        DEVNET.chain().mine();
        String transaction = creator.sendTask(0, SD, 8, 2);
        DEVNET.chain().mine();
        long id = creator.taskId(transaction);
        untilTask(id, task -> !task.isMissingNode());

        DEVNET.chain().reorg(Reorg.of(1).dropping());

        until(status -> task(status, id).isMissingNode());
        pause.end();
    }

    @Test
    void replacedBlocksStandAfterThoseInTheirPlaces() {
        DEVNET.chain().pauseBlocks();
        DEVNET.chain().mine();
        DEVNET.chain().mine();
        long height = DEVNET.chain().access().head().number();
        String replaced = DEVNET.chain().access().head().hash();
        DEVNET.chain().reorg(2);

        JsonNode chain = until(status -> status.at("/chain/height").asLong() == height + 1)
                .path("chain");
        assertThat(chain.path("paused").asBoolean()).isTrue();
        JsonNode blocks = chain.path("blocks");
        assertThat(blocks.path(0).path("number").asLong()).isEqualTo(height + 1);
        assertThat(blocks.path(1).path("number").asLong()).isEqualTo(height);
        assertThat(blocks.path(1).path("replaced").asBoolean()).isFalse();
        assertThat(blocks.path(2).path("number").asLong()).isEqualTo(height);
        assertThat(blocks.path(2).path("replaced").asBoolean()).isTrue();
        assertThat(blocks.path(2).path("hash").asText()).isEqualTo(replaced);
    }

    @Test
    void aReorgThatMakesTheChainShorter() {
        DEVNET.chain().pauseBlocks();
        DEVNET.chain().mine();
        DEVNET.chain().mine();
        long height = DEVNET.chain().access().head().number();
        DEVNET.chain().reorg(new Reorg(2, 1, Reorg.Transactions.MINED_AGAIN));

        JsonNode chain = until(status -> status.at("/chain/height").asLong() == height - 1)
                .path("chain");
        assertThat(chain.at("/blocks/0/number").asLong()).isEqualTo(height);
        assertThat(chain.at("/blocks/0/replaced").asBoolean()).isTrue();
    }

    @Test
    void transactionsThatWaitAndWalletsThatChange() {
        DEVNET.chain().pauseBlocks();
        String address = DEVNET.account(1).address();
        DEVNET.chain().fund(address, BigInteger.TEN);
        until(status -> status.at("/chain/waiting").asInt() == 1);
        DEVNET.chain().mine();

        JsonNode status = until(one -> one.at("/chain/waiting").asInt() == 0);
        JsonNode wallet = status.at("/wallets/list/1");
        assertThat(status.at("/wallets/total").asInt()).isEqualTo(2);
        assertThat(wallet.path("address").asText()).isEqualTo(address);
        assertThat(wallet.path("balance").asText()).isEqualTo("10000000000000000000010");
        assertThat(wallet.path("nonce").asLong()).isZero();
    }

    @Test
    void nodesAndWhatTheyWorkOn() {
        Fault silence = DEVNET.faults().nodes().neverAnswer(3);
        long id = creator.createTask(0, SD, 8, 2);
        creator.upload(id, SD);

        JsonNode node =
                until(status -> status.at("/nodes/list/2/task").asLong() == id).at("/nodes/list/2");
        assertThat(node.path("address").asText())
                .isEqualToIgnoringCase(DEVNET.nodes().get(2).address());
        assertThat(node.path("status").asText()).isEqualTo("busy");
        assertThat(node.path("vram").asInt()).isEqualTo(24);
        silence.end();
        JsonNode free = until(status -> status.at("/nodes/list/2/task").isNull());
        assertThat(free.at("/nodes/list/2/status").asText()).isEqualTo("available");
    }

    @Test
    void faultsThatAreOnWithWhatIsLeftOfThem() {
        DEVNET.faults().relay().respond429().times(3);
        DEVNET.faults().nodes().pause().during(Duration.ofMinutes(5));
        http.get("/v1/now");

        JsonNode faults = until(status -> status.path("faults").size() == 2).path("faults");
        assertThat(faults.path(0).path("name").asText()).isEqualTo("relay: 429");
        assertThat(faults.path(0).path("hits").asInt()).isEqualTo(1);
        assertThat(faults.path(0).path("left").asInt()).isEqualTo(2);
        assertThat(faults.path(0).path("endsIn").isNull()).isTrue();
        assertThat(faults.path(1).path("endsIn").asLong()).isBetween(1L, 300_000L);
    }

    @Test
    void requestsByMethodAndRouteWithThoseOfAnUnknownMethodTogether() {
        String unknown = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no_such\"}";
        String batch = "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}," + unknown + "]";
        assertThat(new RelayCalls(DEVNET.rpcUrl())
                        .post("", "application/json", batch.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
        http.get("/v1/now");

        JsonNode requests = until(status -> named(status.at("/requests/rpc/by"), "(unknown)")
                                .path("total")
                                .asInt()
                        == 1)
                .path("requests");
        assertThat(named(requests.at("/rpc/by"), "eth_chainId").path("total").asInt())
                .isEqualTo(1);
        assertThat(requests.at("/rpc/series")).hasSize(60);
        assertThat(named(requests.at("/relay/by"), "GET /v1/now").path("total").asInt())
                .isPositive();
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode one : list) {
            if (one.path("name").asText().equals(name)) {
                return one;
            }
        }
        return list.path("no such name");
    }

    @Test
    void theNextDevnetIsAnotherOne() {
        try (CrynuxDevnet other = CrynuxDevnet.builder().start()) {
            assertThat(new RelayCalls(other.relayUrl())
                            .get("/devnet/status")
                            .json()
                            .path("devnet"))
                    .isNotEqualTo(status().path("devnet"));
        }
    }
}

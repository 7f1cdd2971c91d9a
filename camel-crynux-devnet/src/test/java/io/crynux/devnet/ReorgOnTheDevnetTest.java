// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.ledger.Reorg;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

/** Relay and nodes follow the chain where it goes: tasks come to their ends on the new blocks. */
@Tag("chain")
class ReorgOnTheDevnetTest {
    private static final String UPLOADED = "TaskResultUploaded(uint256)";
    private static final String READY = "TaskResultCommitmentsReady(uint256)";

    private static final String PENDING = Hash.sha3String("TaskPending(uint256,uint256,address,bytes32,bytes32)");

    private final CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(50))
            .relayLag(Duration.ofMillis(100))
            .workTime(Duration.ofMillis(20))
            .start();
    private final Creator alice = new Creator(devnet, 0);
    private final Creator bob = new Creator(devnet, 1);

    @AfterEach
    void close() {
        devnet.close();
    }

    private static String gpt(String question) {
        return "{\"model\":\"Qwen/Qwen2.5-7B-Instruct\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question
                + "\"}]}";
    }

    private long head() {
        return devnet.chain().access().head().number();
    }

    /** Takes back all blocks after that one; none comes between the count and the deed. */
    private void reorgAfter(long block, UnaryOperator<Reorg> how) {
        devnet.chain().pauseBlocks();
        devnet.chain().reorg(how.apply(Reorg.of((int) (head() - block))));
        devnet.chain().resumeBlocks();
    }

    private String answer(Creator creator, long id) {
        return new String(creator.download(id, 0), StandardCharsets.UTF_8);
    }

    @Test
    void nodesSendAgainWhatWasDropped() {
        long id = alice.createTask(1, gpt("one?"), 24, 1);
        long created = head();
        alice.upload(id, gpt("one?"));
        alice.awaitEvent(READY, id);

        reorgAfter(created, Reorg::dropping);

        alice.awaitEvent(UPLOADED, id);
        assertThat(answer(alice, id)).contains("one?");
    }

    @Test
    void aFinishedTaskIsFinishedAgain() {
        long id = alice.createTask(1, gpt("one?"), 24, 1);
        long created = head();
        alice.upload(id, gpt("one?"));
        alice.awaitEvent(UPLOADED, id);

        reorgAfter(created, Reorg::dropping);

        alice.awaitEvent(UPLOADED, id);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(answer(alice, id)).contains("one?"));
    }

    @Test
    void tasksThatHaveChangedTheirIdsAreRunUnderTheNewOnes() {
        devnet.chain().pauseBlocks();
        long before = head();
        String first = alice.sendTask(1, gpt("one?"), 24, 1);
        devnet.chain().mine();
        String second = bob.sendTask(1, gpt("two?"), 24, 1);
        devnet.chain().mine();
        long firstId = alice.taskId(first);
        alice.upload(firstId, gpt("one?"));
        devnet.chain().resumeBlocks();
        alice.awaitEvent(READY, firstId);

        reorgAfter(before, Reorg::reversed);
        assertThat(alice.taskId(first)).isEqualTo(firstId + 1);
        assertThat(bob.taskId(second)).isEqualTo(firstId);
        alice.upload(firstId + 1, gpt("one?"));
        bob.upload(firstId, gpt("two?"));

        alice.awaitEvent(UPLOADED, firstId + 1);
        bob.awaitEvent(UPLOADED, firstId);
        assertThat(answer(alice, firstId + 1)).contains("one?");
        assertThat(answer(bob, firstId)).contains("two?");
    }

    @Test
    void manyReorgsWhileTasksRun() {
        String[] questions = {"a?", "b?", "c?", "d?"};
        long[] ids = new long[questions.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = alice.createTask(1, gpt(questions[i]), 24, 1);
            alice.upload(ids[i], gpt(questions[i]));
        }
        long lastCreated = head();
        for (int i = 0; i < 10; i++) {
            long target = lastCreated + 2L * i + 4;
            await().atMost(Duration.ofSeconds(10)).until(() -> head() >= target);
            Reorg reorg = Reorg.of(3);
            devnet.chain().reorg(i % 3 == 0 ? reorg.dropping() : i % 3 == 1 ? reorg : reorg.pending());
        }
        for (int i = 0; i < ids.length; i++) {
            alice.awaitEvent(UPLOADED, ids[i]);
            String question = questions[i];
            long id = ids[i];
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(answer(alice, id)).contains(question));
        }
    }

    @Test
    void aTaskThatWaitsAgainKeepsItsParameters() {
        long before = head();
        long id = alice.createTask(1, gpt("one?"), 24, 1);
        alice.upload(id, gpt("one?"));
        devnet.chain().pauseBlocks();
        devnet.chain().reorg(Reorg.of((int) (head() - before)).pending());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> alice.relay().task(alice.signer(), id).status() == 400);
        devnet.chain().resumeBlocks();

        alice.awaitEvent(UPLOADED, id);
    }

    @Test
    void whatWasDoneTwiceAndDroppedIsDoneAgain() {
        long before = head();
        long id = alice.createTask(1, gpt("one?"), 24, 1);
        alice.upload(id, gpt("one?"));
        alice.awaitEvent(READY, id);

        // The nodes hear of a new start and commit again, on top of what they have committed.
        reorgAfter(before, reorg -> reorg);
        alice.awaitEvent(UPLOADED, id);
        long created = created(id);
        reorgAfter(created, Reorg::dropping);

        alice.awaitEvent(UPLOADED, id);
    }

    private long created(long id) {
        JsonNode started = alice.rpc(
                "eth_getLogs",
                Map.of("address", devnet.contractAddress(), "fromBlock", "0x0", "topics", List.of(PENDING)));
        for (JsonNode log : started) {
            if (Long.parseLong(log.path("data").asText().substring(2, 66), 16) == id) {
                return Long.decode(log.path("blockNumber").asText());
            }
        }
        throw new AssertionError("task " + id + " is not on the chain");
    }
}

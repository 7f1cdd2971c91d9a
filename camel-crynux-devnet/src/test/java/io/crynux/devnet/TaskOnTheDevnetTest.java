// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.contract.TaskContractVersion;
import io.crynux.devnet.result.PerceptualHash;
import io.crynux.devnet.result.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.web3j.utils.Numeric;

/** Whole tasks, by a creator who knows nothing but the protocol. */
@Tag("chain")
class TaskOnTheDevnetTest {
    private static final String SUCCESS = "TaskSuccess(uint256,bytes,address)";
    private static final String UPLOADED = "TaskResultUploaded(uint256)";
    private static final String ABORTED = "TaskAborted(uint256,string)";
    private static final String SD =
            "{\"base_model\":{\"name\":\"crynux-network/sdxl-turbo\"},\"prompt\":\"a lighthouse\","
                    + "\"task_config\":{\"num_images\":2,\"image_width\":256,\"image_height\":192,\"seed\":7}}";
    private static final String GPT = "{\"model\":\"Qwen/Qwen2.5-7B-Instruct\",\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"Why do iron bridges have gaps?\"}]}";

    private CrynuxDevnet devnet = quick().start();

    private static CrynuxDevnetBuilder quick() {
        return CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(100))
                .relayLag(Duration.ofMillis(200))
                .workTime(Duration.ofMillis(20));
    }

    @AfterEach
    void close() {
        devnet.close();
    }

    @Test
    void picturesOfAnImageTask() throws IOException {
        var creator = new Creator(devnet, 0);
        long id = creator.createTask(0, SD, 14, 2);
        creator.upload(id, SD);
        JsonNode success = creator.awaitEvent(SUCCESS, id);
        creator.awaitEvent(UPLOADED, id);

        var hashes = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            BufferedImage image = Png.decode(creator.download(id, i));
            assertThat(image.getWidth()).isEqualTo(256);
            assertThat(image.getHeight()).isEqualTo(192);
            hashes.append(Numeric.toHexStringNoPrefix(PerceptualHash.of(image)));
        }
        assertThat(success.path("data").asText()).contains(hashes);
        assertThat(creator.relay().result(creator.signer(), id, "2").refusal()).isEqualTo("image_num: File not found");
    }

    @Test
    void theAnswerOfATextTask() throws Exception {
        var creator = new Creator(devnet, 1);
        long id = creator.createTask(1, GPT, 24, 1);
        creator.upload(id, GPT);
        JsonNode success = creator.awaitEvent(SUCCESS, id);
        creator.awaitEvent(UPLOADED, id);

        byte[] file = creator.download(id, 0);
        assertThat(success.path("data").asText())
                .contains(Numeric.toHexStringNoPrefix(
                        MessageDigest.getInstance("SHA-256").digest(file)));
        assertThat(new ObjectMapper()
                        .readTree(file)
                        .at("/choices/0/message/content")
                        .asText())
                .contains("Why do iron bridges have gaps?");
    }

    @Test
    void aFineTuningTaskWhereTheContractHasThem() throws IOException {
        devnet.close();
        devnet = quick().contractVersion(TaskContractVersion.SEVEN_ARGUMENTS).start();
        var creator = new Creator(devnet, 0);
        String args = "{\"model\":{\"name\":\"crynux-network/stable-diffusion-v1-5\"},\"dataset\":{\"name\":\"d\"},"
                + "\"validation\":{\"prompt\":\"a hawk moth\",\"num_images\":1},\"train_args\":{\"resolution\":128}}";
        long id = creator.createTaskOnGpu(2, args, 24, 1, "NVIDIA GeForce RTX 4090", 24);
        creator.upload(id, args);
        creator.awaitEvent(UPLOADED, id);

        assertThat(Png.decode(creator.download(id, 0)).getWidth()).isEqualTo(128);
    }

    @Test
    void moreTasksThanNodes() {
        var creator = new Creator(devnet, 0);
        long[] ids = new long[5];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = creator.createTask(1, GPT, 24, 1);
        }
        for (long id : ids) {
            creator.upload(id, GPT);
        }
        for (long id : ids) {
            creator.awaitEvent(UPLOADED, id);
            assertThat(creator.download(id, 0)).isNotEmpty();
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> creator.relay()
                                .get("/v1/network/nodes/number")
                                .json()
                                .at("/data/busy_nodes")
                                .asInt()
                        == 0);
        assertThat(creator.relay()
                        .get("/v1/network/tasks/number")
                        .json()
                        .at("/data/total_tasks")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void aModelThatNoNodeHasEndsTheTaskWithAnError() {
        var creator = new Creator(devnet, 0);
        String args = "{\"model\":\"devnet/unavailable\",\"messages\":[]}";
        long id = creator.createTask(1, args, 24, 1);
        creator.upload(id, args);

        String reason = Numeric.toHexStringNoPrefix("Task error reported".getBytes(StandardCharsets.UTF_8));
        assertThat(creator.awaitEvent(ABORTED, id).path("data").asText()).contains(reason);
    }

    @Test
    void aBlockForEveryTransaction() {
        devnet.close();
        devnet = quick().blockTime(Duration.ZERO).relayLag(Duration.ZERO).start();
        var creator = new Creator(devnet, 0);
        long id = creator.createTask(0, SD, 8, 2);
        creator.upload(id, SD);
        creator.awaitEvent(UPLOADED, id);

        assertThat(creator.download(id, 1)).isNotEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import static io.crynux.devnet.fake.TaskLogs.pending;
import static io.crynux.devnet.fake.TaskLogs.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.fake.RelayCalls;
import io.crynux.devnet.fake.Signer;
import io.crynux.devnet.fake.TestRelay;
import io.crynux.devnet.picture.PictureArtist;
import io.crynux.devnet.result.Png;
import io.crynux.devnet.result.ResultHash;
import io.crynux.devnet.result.TaskKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultFilesTest {
    private static final String ARGS = "{}";

    private final TestRelay relay = new TestRelay();
    private final RelayCalls calls = relay.calls();
    private final Signer creator = Signer.number(1);
    private final Signer node = Signer.number(11);

    @AfterEach
    void close() {
        relay.close();
    }

    private static byte[] picture(long seed) {
        return Png.encode(new PictureArtist().draw("a lighthouse", 64, 64, seed, 0, 1));
    }

    private void succeed(TestRelay at, long id, TaskKind kind, List<byte[]> files) throws IOException {
        at.block(
                pending(id, kind.taskType(), creator.address(), ARGS),
                success(id, ResultHash.of(kind, files), node.address()));
    }

    @Test
    void picturesComeBackAsTheyWereUploaded() throws IOException {
        List<byte[]> files = List.of(picture(1), picture(2));
        succeed(relay, 5, TaskKind.SD, files);

        assertThat(calls.uploadResults(node, 5, files).status()).isEqualTo(200);

        for (int i = 0; i < files.size(); i++) {
            RelayCalls.Answer answer = calls.result(creator, 5, Integer.toString(i));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo("application/octet-stream");
            assertThat(answer.body()).isEqualTo(files.get(i));
        }
    }

    @Test
    void aTextIsFileZero() throws IOException {
        List<byte[]> files = List.of("{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8));
        succeed(relay, 5, TaskKind.GPT, files);
        calls.uploadResults(node, 5, files);

        assertThat(calls.result(creator, 5, "0").body()).isEqualTo(files.get(0));
    }

    @Test
    void thePathCountsAndNotTheQuery() throws IOException {
        List<byte[]> files = List.of(picture(1), picture(2));
        succeed(relay, 5, TaskKind.SD, files);
        calls.uploadResults(node, 5, files);
        long now = RelayCalls.now();
        String signature = creator.sign("{\"image_num\":\"1\",\"task_id\":5}", now);

        RelayCalls.Answer answer = calls.get(
                "/v1/inference_tasks/5/results/1?task_id=6&image_num=0&timestamp=" + now + "&signature=" + signature);
        assertThat(answer.body()).isEqualTo(files.get(1));
    }

    @Test
    void resultsAreRefusedUntilTheyAreUploaded() throws IOException {
        assertThat(calls.result(creator, 5, "0").refusal()).isEqualTo("task_id: Task not found");

        succeed(relay, 5, TaskKind.SD, List.of(picture(1)));
        assertThat(calls.result(creator, 5, "0").refusal()).isEqualTo("task_id: Task results not uploaded");
    }

    @Test
    void aNumberBeyondTheLastFileIsNotFound() throws IOException {
        List<byte[]> files = List.of(picture(1));
        succeed(relay, 5, TaskKind.SD, files);
        calls.uploadResults(node, 5, files);

        for (String number : List.of("1", "00", "-1", "x", "99999999999999999999")) {
            assertThat(calls.result(creator, 5, number).refusal()).isEqualTo("image_num: File not found");
        }
    }

    @Test
    void onlyTheCreatorReadsThem() throws IOException {
        List<byte[]> files = List.of(picture(1));
        succeed(relay, 5, TaskKind.SD, files);
        calls.uploadResults(node, 5, files);

        assertThat(calls.result(Signer.number(2), 5, "0").refusal()).isEqualTo("signature: Signer not allowed");
    }

    @Test
    void onlyTheResultNodeUploads() throws IOException {
        List<byte[]> files = List.of(picture(1));
        succeed(relay, 5, TaskKind.SD, files);

        assertThat(calls.uploadResults(Signer.number(12), 5, files).refusal())
                .isEqualTo("signature: Signer not allowed");
        assertThat(calls.uploadResults(creator, 5, files).refusal()).isEqualTo("signature: Signer not allowed");
    }

    @Test
    void otherFilesThanTheChainsResultAreRefused() throws IOException {
        List<byte[]> files = List.of(picture(1), picture(2));
        succeed(relay, 5, TaskKind.SD, files);

        assertThat(calls.uploadResults(node, 5, List.of(files.get(1), files.get(0)))
                        .refusal())
                .isEqualTo("images: Wrong result files uploaded");
        assertThat(calls.uploadResults(node, 5, files.subList(0, 1)).refusal())
                .isEqualTo("images: Wrong result files uploaded");
        assertThat(calls.uploadResults(node, 5, List.of(new byte[] {1, 2, 3})).refusal())
                .startsWith("images: Wrong result files uploaded");
        assertThat(calls.result(creator, 5, "0").refusal()).isEqualTo("task_id: Task results not uploaded");
    }

    @Test
    void nothingIsUploadedBeforeTheSuccessIsOnTheChain() {
        relay.block(pending(5, 0, creator.address(), ARGS));

        assertThat(calls.uploadResults(node, 5, List.of(picture(1))).refusal()).startsWith("task_id: ");
    }

    @Test
    void aSecondUploadIsRefused() throws IOException {
        List<byte[]> files = List.of(picture(1));
        succeed(relay, 5, TaskKind.SD, files);
        calls.uploadResults(node, 5, files);

        assertThat(calls.uploadResults(node, 5, files).refusal()).startsWith("task_id: ");
    }

    @Test
    void anUploadThatIsNoFormIsRefused() {
        RelayCalls.Answer plain = calls.post("/v1/inference_tasks/5/results", "text/plain", new byte[] {1});
        assertThat(plain.refusal()).startsWith("images: ");

        assertThat(calls.uploadResults(node, 5, List.of()).refusal()).isEqualTo("images: images is required");
    }

    @Test
    void theOldestFilesMakeRoomForNewOnes() throws IOException {
        byte[] file = picture(1);
        try (var small = new TestRelay(Duration.ZERO, 2L * file.length, Clock.systemUTC())) {
            for (long id = 1; id <= 3; id++) {
                succeed(small, id, TaskKind.SD, List.of(file));
                assertThat(small.calls().uploadResults(node, id, List.of(file)).status())
                        .isEqualTo(200);
            }

            assertThat(small.calls().result(creator, 1, "0").refusal()).isEqualTo("image_num: File not found");
            assertThat(small.calls().result(creator, 2, "0").status()).isEqualTo(200);
            assertThat(small.calls().result(creator, 3, "0").status()).isEqualTo(200);
        }
    }
}

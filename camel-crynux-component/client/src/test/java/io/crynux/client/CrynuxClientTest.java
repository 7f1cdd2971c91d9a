// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.task.GptParameters;
import io.crynux.client.task.SdParameters;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.wallet.Wallets;
import io.crynux.devnet.CrynuxDevnet;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A plain Java program runs tasks without Camel. */
@Tag("chain")
class CrynuxClientTest {
    private static CrynuxDevnet devnet;

    @BeforeAll
    static void startNetwork() {
        devnet = CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(100))
                .relayLag(Duration.ofMillis(50))
                .start();
    }

    @AfterAll
    static void stopNetwork() {
        devnet.close();
    }

    private static ChainClientBuilder client() {
        return new ChainClientBuilder()
                .rpcUrl(devnet.rpcUrl())
                .relayUrl(devnet.relayUrl())
                .contractAddress(devnet.contractAddress())
                .signer(Wallets.ofPrivateKey(devnet.account(1).privateKey()))
                .pollInterval(Duration.ofMillis(50));
    }

    @Test
    void imagesAndTextsInAFewLines() throws Exception {
        try (CrynuxClient client = client().build()) {
            TaskParameters lighthouse =
                    SdParameters.builder("a lighthouse at dawn").build();
            TaskResult image = client.submit(
                            TaskRequest.builder(lighthouse).fee("30").build())
                    .get(30, TimeUnit.SECONDS);
            assertThat(image.state()).isEqualTo(TaskState.DONE);
            assertThat(ImageIO.read(
                            new ByteArrayInputStream(image.images().get(0).bytes())))
                    .isNotNull();

            TaskParameters question =
                    GptParameters.builder().user("What is lichen?").build();
            TaskResult text = client.submit(
                            TaskRequest.builder(question).fee("20").build())
                    .get(30, TimeUnit.SECONDS);
            assertThat(text.completion().text()).containsIgnoringCase("lichen");
            assertThatThrownBy(text::images)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has no images");
        }
    }

    @Test
    void invalidParametersFailTheFuture() {
        try (CrynuxClient client = client().build()) {
            TaskRequest request = TaskRequest.builder(TaskParameters.ofJson(TaskKind.SD, "{}"))
                    .fee("1")
                    .build();

            assertThatThrownBy(() -> client.submit(request).get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InvalidTaskException.class);
        }
    }

    @Test
    void connectingIsTriedAgainAfterAFailure() throws Exception {
        CrynuxDevnet other = CrynuxDevnet.builder().start();
        String relayUrl = other.relayUrl();
        int relayPort = java.net.URI.create(relayUrl).getPort();
        other.close();
        try (CrynuxClient client = client().relayUrl(relayUrl).build()) {
            assertThatThrownBy(() -> client.connect().get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(NetworkException.class)
                    .hasMessageContaining("relayUrl");
            try (CrynuxDevnet back = CrynuxDevnet.builder().relayPort(relayPort).start()) {
                assertThat(back.relayUrl()).isEqualTo(relayUrl);
                client.connect().get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aClosedClientTakesNoTasksAndLeavesNoThreads() throws Exception {
        // Clients of other tests in this JVM may still be ending.
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        CrynuxClient client = client().build();
        client.connect().get(30, TimeUnit.SECONDS);
        client.close();

        TaskRequest request = TaskRequest.builder(
                        GptParameters.builder().user("What is lichen?").build())
                .fee("20")
                .build();
        assertThatThrownBy(() -> client.submit(request).get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(CrynuxShutdownException.class);
        await().atMost(Duration.ofSeconds(20)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("crynux-client") && !others.contains(thread)));
    }

    @Test
    void aFeeIsRequired() {
        TaskParameters lighthouse = SdParameters.builder("a lighthouse").build();

        assertThatThrownBy(() -> TaskRequest.builder(lighthouse).build())
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("fee");
        assertThatThrownBy(() -> TaskRequest.builder(lighthouse).fee("0").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above 0");
    }
}

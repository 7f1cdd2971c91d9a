// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static io.crynux.camel.WaitMethodRoutes.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.settings.WaitMethod;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.devnet.contract.TaskContractVersion;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.relay.RelayFaults;
import io.crynux.testing.RelayFault;
import io.crynux.testing.RelayProxy;
import io.crynux.testing.RelayProxy.Call;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** With {@code waitMethod=poll} a route sees the same as with {@code follow}, whatever becomes of its tasks. */
class WaitMethodPollTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final CrynuxDevnet DEVNET = WaitMethodRoutes.network().build();

    private static final Logger CLIENT = (Logger) LoggerFactory.getLogger("io.crynux.client.internal.protocol");

    private static WaitMethodRoutes follow;
    private static WaitMethodRoutes poll;

    @BeforeAll
    static void start() throws Exception {
        follow = WaitMethodRoutes.on(DEVNET, WaitMethod.FOLLOW);
        poll = WaitMethodRoutes.on(DEVNET, WaitMethod.POLL);
    }

    @AfterAll
    static void stop() {
        follow.close();
        poll.close();
    }

    private static Exchange sameAsFollowed(String route, String body, Map<String, Object> headers) {
        Exchange followed = follow.ask(route, body, headers);
        Exchange polled = poll.ask(route, body, headers);
        assertThat(outcome(polled)).isEqualTo(outcome(followed));
        return polled;
    }

    @Test
    void imagesComeAndAllTheirHeaders() {
        Exchange out = sameAsFollowed("sd", "a lighthouse at dawn", Map.of());

        assertThat(out.getException()).isNull();
        List<?> images = out.getMessage().getBody(List.class);
        assertThat(images).hasSize(2);
        assertThat(out.getMessage().getHeaders())
                .containsEntry(CrynuxConstants.FEE_PAID, "30")
                .containsKeys(
                        CrynuxConstants.TASK_ID,
                        CrynuxConstants.BLOCK_NUMBER,
                        CrynuxConstants.BLOCK_HASH,
                        CrynuxConstants.RESULT_NODE,
                        CrynuxConstants.RESULT_HASH);
    }

    @Test
    void aTextComesAndAllItsHeaders() {
        Exchange out = sameAsFollowed("gpt", "What is lichen?", Map.of());

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(String.class)).containsIgnoringCase("lichen");
    }

    @Test
    void anAbortionTellsReasonAndMoney() {
        Exchange out = sameAsFollowed("sd", WaitMethodRoutes.FAILING, Map.of());

        assertThat(out.getException(TaskAbortedException.class).reason()).isEqualTo("Task error reported");
        assertThat(out.getMessage().getHeader(CrynuxConstants.FEE_REFUNDED)).isEqualTo("0");
    }

    @Test
    void aRevertedPaymentTellsTheContractsReason() {
        Fault busy = DEVNET.faults().nodes().busy();
        await().atMost(SOON).until(() -> DEVNET.nodes().stream()
                .allMatch(node -> DEVNET.chain().nodeTask(node.address()) != 0));

        // Without a free node the contract divides the fee by the cap.
        Exchange out = sameAsFollowed("gpt", "What is lichen?", Map.of(CrynuxConstants.CAP, 0));
        busy.end();

        assertThat(out.getException(TransactionRevertedException.class).reason())
                .contains("Panic(0x12)");
    }

    @Test
    void aTimeOutTellsWhatIsKnownByThen() {
        DEVNET.faults().nodes().neverAnswer(3);

        Exchange out = sameAsFollowed("gpt", "What is lichen?", Map.of(CrynuxConstants.TASK_TIMEOUT, "3s"));

        assertThat(out.getException()).isInstanceOf(TaskTimeoutException.class);
        assertThat(out.getMessage().getHeader(CrynuxConstants.TASK_ID)).isNotNull();
    }

    @Test
    void anEvictionIsToldAsSuch() throws Exception {
        Exchange followed = evicted(WaitMethod.FOLLOW, relay -> {});
        Exchange polled = evicted(WaitMethod.POLL, relay -> {});

        assertThat(outcome(polled)).isEqualTo(outcome(followed));
        assertThat(polled.getException(TaskAbortedException.class).reason()).isEqualTo("Task fee is too low");
    }

    /** To the contract a task that is thrown out of the queue looks like one that waits in it. */
    @Test
    void anEvictionIsReadFromTheEventsWhereTheRelayDoesNotTell() throws Exception {
        assertThat(evicted(WaitMethod.POLL, RelayFaults::down)
                        .getException(TaskAbortedException.class)
                        .reason())
                .isEqualTo("Task fee is too low");
    }

    private static Exchange evicted(WaitMethod method, Consumer<RelayFaults> trouble) throws Exception {
        try (CrynuxDevnet network = WaitMethodRoutes.network()
                        .nodes(0)
                        .contract(ContractSettings.defaults().withQueueSize(1))
                        .start();
                WaitMethodRoutes routes = WaitMethodRoutes.on(network, method)) {
            CompletableFuture<Exchange> evicted = routes.begin("gpt", "What is lichen?");
            await().atMost(SOON)
                    .until(() -> network.relay().parameters(BigInteger.ONE).isPresent());

            trouble.accept(network.faults().relay());
            // Its transaction begins with TaskAborted for the other task.
            Exchange newcomer = routes.ask("created", "What is moss?");

            assertThat(newcomer.getMessage().getHeader(CrynuxConstants.TASK_ID)).isEqualTo("2");
            return evicted.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }

    static Stream<ContractSettings> deployments() {
        return Stream.of(
                ContractSettings.defaults().withVersion(TaskContractVersion.SEVEN_ARGUMENTS),
                ContractSettings.defaults().withIndexedTaskIds(false));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void everyDeploymentsEndsAreRead(ContractSettings deployment) throws Exception {
        try (CrynuxDevnet network =
                        WaitMethodRoutes.network().contract(deployment).start();
                WaitMethodRoutes routes = WaitMethodRoutes.on(network, WaitMethod.POLL)) {
            for (int time = 0; time < 2; time++) {
                assertThat(routes.ask("sd", WaitMethodRoutes.FAILING).getException())
                        .isInstanceOf(TaskAbortedException.class);
                assertThat(routes.ask("gpt", "What is lichen?").getException()).isNull();
            }
        }
    }

    @Test
    void aTaskThatTheRelayDoesNotShowYetIsNoTrouble() throws Exception {
        ListAppender<ILoggingEvent> logged = listen();
        try (CrynuxDevnet network = WaitMethodRoutes.network().start();
                WaitMethodRoutes routes = WaitMethodRoutes.on(network, WaitMethod.POLL)) {
            Fault pause = network.faults().nodes().pause();
            CompletableFuture<Exchange> queued = routes.begin("success", "What is lichen?");
            await().atMost(SOON)
                    .until(() -> network.relay().parameters(BigInteger.ONE).isPresent());
            long asked = asked(network);
            await().atMost(SOON).until(() -> asked(network) > asked + 3);
            pause.end();

            assertThat(queued.get(SOON.toSeconds(), TimeUnit.SECONDS).getException())
                    .isNull();
            assertThat(warnings(logged)).isEmpty();
        } finally {
            silence(logged);
        }
    }

    @Test
    void aRelayThatFailsByTurnsIsToldOnceWithItsWords() throws Exception {
        ListAppender<ILoggingEvent> logged = listen();
        try (CrynuxDevnet network = WaitMethodRoutes.network().start();
                RelayProxy proxy = new RelayProxy(network.relayUrl());
                WaitMethodRoutes routes =
                        WaitMethodRoutes.on(network, WaitMethod.POLL, crynux -> crynux.setRelayUrl(proxy.url()))) {
            Fault silence = network.faults().nodes().neverAnswer(3);
            RelayFault trouble = RelayFault.text(500, "{\"message\":\"database\\nis away\"}");
            proxy.next(Call.TASK, trouble);
            CompletableFuture<Exchange> pending = routes.begin("success", "What is lichen?");
            await().atMost(SOON).until(() -> proxy.seen(Call.TASK).size() >= 3);
            proxy.next(Call.TASK, trouble);
            await().atMost(SOON).until(() -> proxy.seen(Call.TASK).size() >= 6);
            silence.end();
            pending.get(SOON.toSeconds(), TimeUnit.SECONDS);

            assertThat(warnings(logged)).singleElement().asString().endsWith("failed: HTTP 500: database is away");
        } finally {
            silence(logged);
        }
    }

    static Stream<Consumer<RelayFaults>> troubles() {
        return Stream.of(RelayFaults::down, relay -> relay.respond(502), relay -> relay.respondBody("<html>"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void aRelayInTroubleIsToldOnceAndHidesNoEnd(Consumer<RelayFaults> trouble) throws Exception {
        ListAppender<ILoggingEvent> logged = listen();
        try (CrynuxDevnet network = WaitMethodRoutes.network().start();
                WaitMethodRoutes routes = WaitMethodRoutes.on(network, WaitMethod.POLL)) {
            Fault silence = network.faults().nodes().neverAnswer(3);
            CompletableFuture<Exchange> pending = routes.begin("success", "What is lichen?");
            await().atMost(SOON)
                    .until(() -> network.relay().parameters(BigInteger.ONE).isPresent());
            trouble.accept(network.faults().relay());
            await().atMost(SOON).until(() -> !warnings(logged).isEmpty());
            silence.end();
            // Nodes get their parameters and bring their results without the Relay's HTTP.
            Exchange out = pending.get(SOON.toSeconds(), TimeUnit.SECONDS);

            assertThat(out.getException()).isNull();
            assertThat(out.getMessage().getHeader(CrynuxConstants.RESULT_HASH)).isNotNull();
            assertThat(warnings(logged)).hasSize(1);
        } finally {
            silence(logged);
        }
    }

    private static ListAppender<ILoggingEvent> listen() {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        CLIENT.setLevel(Level.WARN);
        CLIENT.addAppender(logged);
        return logged;
    }

    private static void silence(ListAppender<ILoggingEvent> logged) {
        CLIENT.detachAppender(logged);
        CLIENT.setLevel(null);
    }

    private static long asked(CrynuxDevnet network) {
        return network.relay().requestCounts().entrySet().stream()
                .filter(count -> count.getKey().equals("GET /v1/inference_tasks/{task_id}"))
                .flatMap(count -> count.getValue().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private static List<String> warnings(ListAppender<ILoggingEvent> logged) {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.contains("The Relay does not report the state of tasks"))
                .toList();
    }
}

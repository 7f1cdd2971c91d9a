// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.settings.WaitMethod;
import io.crynux.client.wallet.Wallets;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.fault.Fault;
import io.crynux.testing.RpcProxy;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What Camel's health checks say of the component while its network, wallet, journal and payments are well, and while not. */
class HealthChecksTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final List<String> ALL =
            List.of("crynux-head", "crynux-journal", "crynux-lane", "crynux-relay", "crynux-rpc", "crynux-wallet");

    @RegisterExtension
    static final CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(50))
            .build();

    @TempDir
    Path directory;

    private final CamelContext context = new DefaultCamelContext();

    private CrynuxComponent component(int account) {
        CrynuxComponent crynux = new CrynuxComponent();
        crynux.setRpcUrl(devnet.rpcUrl());
        crynux.setContractAddress(devnet.contractAddress());
        crynux.setRelayUrl(devnet.relayUrl());
        crynux.setPrivateKey(devnet.account(account).privateKey());
        crynux.getConfiguration().setTaskFee("30");
        crynux.setPollInterval(20);
        crynux.setFinality("2");
        crynux.setShutdownGrace(50);
        return crynux;
    }

    private void start(Consumer<CrynuxComponent> options) throws Exception {
        CrynuxComponent crynux = component(1);
        options.accept(crynux);
        context.addComponent("crynux", crynux);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:gpt").to("crynux:gpt");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    private Collection<Result> readiness() {
        return HealthCheckHelper.invokeReadiness(context, "full");
    }

    private List<String> ids() {
        return readiness().stream()
                .map(result -> result.getCheck().getId())
                .filter(id -> id.startsWith("crynux"))
                .sorted()
                .toList();
    }

    private Result look(String id) {
        return readiness().stream()
                .filter(result -> result.getCheck().getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Result await(String id, State state) {
        return Awaitility.await(id + " is " + state)
                .pollInterval(Duration.ofMillis(20))
                .atMost(SOON)
                .until(() -> look(id), result -> result.getState() == state);
    }

    @Test
    void allAreUpWhereAllIsWell() throws Exception {
        start(crynux -> {});

        assertThat(ids()).isEqualTo(ALL);
        ALL.forEach(id -> await(id, State.UP));
        assertThat(HealthCheckHelper.isResultsUp(readiness(), true)).isTrue();
        assertThat(look("crynux-head").getDetails()).containsKeys("head", "secondsSinceNewHead");
        assertThat(look("crynux-wallet").getDetails()).containsKeys("balance", "free", "nextTask");
        assertThat(look("crynux-relay").getDetails()).containsEntry("url", devnet.relayUrl());
    }

    @Test
    void noneIsOfLiveness() throws Exception {
        start(crynux -> {});

        assertThat(HealthCheckHelper.invokeLiveness(context, "full"))
                .noneMatch(result -> result.getCheck().getId().startsWith("crynux"));
    }

    @Test
    void aNodeThatIsDownIsToldUntilItIsBack() throws Exception {
        try (RpcProxy node = RpcProxy.to(devnet.rpcUrl())) {
            start(crynux -> crynux.setRpcUrl(node.url() + "/v1/secret?key=secret"));
            await("crynux-rpc", State.UP);

            node.goDown();
            Result down = await("crynux-rpc", State.DOWN);
            assertThat(down.getMessage().orElseThrow())
                    .contains("times in a row")
                    .contains(node.url());
            await("crynux-head", State.DOWN);
            assertThat(readiness().toString()).doesNotContain("secret");
            assertThat(readiness().stream().map(Result::getDetails).map(Object::toString))
                    .noneMatch(details -> details.contains("secret"));

            node.recover();
            await("crynux-rpc", State.UP);
            await("crynux-head", State.UP);
        }
    }

    @Test
    void soItIsWhereTheChainIsNotFollowed() throws Exception {
        try (RpcProxy node = RpcProxy.to(devnet.rpcUrl())) {
            start(crynux -> {
                crynux.setRpcUrl(node.url());
                crynux.setWaitMethod(WaitMethod.POLL);
            });
            ALL.forEach(id -> await(id, State.UP));

            node.goDown();
            await("crynux-rpc", State.DOWN);
            await("crynux-head", State.DOWN);

            node.recover();
            await("crynux-rpc", State.UP);
            await("crynux-head", State.UP);
        }
    }

    @Test
    void aRelayThatIsDownIsToldUntilItIsBack() throws Exception {
        start(crynux -> {});
        await("crynux-relay", State.UP);

        Fault fault = devnet.faults().relay().down();
        try {
            assertThat(await("crynux-relay", State.DOWN).getMessage().orElseThrow())
                    .contains("The Relay does not answer");
            assertThat(look("crynux-rpc").getState()).isEqualTo(State.UP);
        } finally {
            fault.end();
        }
        await("crynux-relay", State.UP);
    }

    @Test
    void anEndpointThatKnowsMoreIsTold() throws Exception {
        try (RpcProxy used = RpcProxy.to(devnet.rpcUrl());
                RpcProxy other = RpcProxy.to(devnet.rpcUrl())) {
            other.intercept("eth_blockNumber", (params, node) -> RpcProxy.result("0xffffff"));
            start(crynux -> crynux.setRpcUrl(used.url() + "," + other.url()));
            await("crynux-head", State.UP);

            devnet.chain().pauseBlocks();
            try {
                Result behind = await("crynux-head", State.DOWN);
                assertThat(behind.getDetails()).containsEntry("otherAhead", true);
                assertThat(behind.getMessage().orElseThrow()).contains("Another node of rpcUrl");
                assertThat(look("crynux-rpc").getState()).isEqualTo(State.UP);
            } finally {
                devnet.chain().resumeBlocks();
            }
        }
    }

    @Test
    void aWalletThatCannotPayTheDearestTaskIsTold() throws Exception {
        String key = "7".repeat(64);
        CrynuxComponent poor = component(2);
        poor.setPrivateKey(key);
        context.addComponent("crynux", poor);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:cheap").to("crynux:gpt?taskFee=1");
                from("direct:dear").to("crynux:gpt?taskFee=50");
            }
        });
        context.start();
        String wallet = Wallets.ofPrivateKey(key).address();
        devnet.chain().fund(wallet, BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(40)));

        Result low = await("crynux-wallet", State.DOWN);
        assertThat(low.getMessage().orElseThrow())
                .contains("a task may cost 50.")
                .contains("Fund the wallet");

        devnet.chain().fund(wallet, BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(20)));
        await("crynux-wallet", State.UP);
    }

    @Test
    void paymentsThatGetIntoNoBlockAreToldUntilTheyDo() throws Exception {
        start(crynux -> {
            crynux.setTransactionTimeout(300);
            crynux.setReplaceAfter(200);
        });
        await("crynux-lane", State.UP);
        devnet.chain().pauseBlocks();
        try {
            context.createProducerTemplate().asyncSendBody("direct:gpt", "What is lichen?");
            assertThat(await("crynux-lane", State.DOWN).getDetails()).containsEntry("pendingPayments", 1);
            assertThat(await("crynux-head", State.DOWN).getMessage().orElseThrow())
                    .contains("no new block")
                    .contains("payments of the wallet wait for one");
        } finally {
            devnet.chain().resumeBlocks();
        }
        await("crynux-lane", State.UP);
        await("crynux-head", State.UP);
    }

    @Test
    void aChainWithoutNewBlocksIsWellWhileNobodyWaitsForOne() throws Exception {
        start(crynux -> crynux.setReplaceAfter(100));
        await("crynux-head", State.UP);
        devnet.chain().pauseBlocks();
        try {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> ((Long) look("crynux-head").getDetails().get("secondsSinceNewHead")) >= 1);
            assertThat(look("crynux-head").getState()).isEqualTo(State.UP);
        } finally {
            devnet.chain().resumeBlocks();
        }
    }

    @Test
    void aJournalWhoseFileIsGoneIsTold() throws Exception {
        Path journal = directory.resolve("journal");
        start(crynux -> crynux.setTaskJournal(new FileTaskJournal(journal.toString())));
        assertThat(await("crynux-journal", State.UP).getDetails()).containsEntry("durable", true);

        Files.move(journal.resolve("tasks.journal"), journal.resolve("away"));
        assertThat(await("crynux-journal", State.DOWN).getMessage().orElseThrow())
                .contains("tasks.journal")
                .contains("could not be written");
        Files.move(journal.resolve("away"), journal.resolve("tasks.journal"));
        await("crynux-journal", State.UP);
    }

    @Test
    void aComponentWithoutAWalletHasOnlyChecksOfTheNetwork() throws Exception {
        CrynuxComponent reader = component(1);
        reader.setPrivateKey(null);
        context.addComponent("crynux", reader);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("crynux:events").to("mock:events");
            }
        });
        context.start();

        assertThat(ids()).containsExactly("crynux-head", "crynux-relay", "crynux-rpc");
        ids().forEach(id -> await(id, State.UP));
    }

    @Test
    void aComponentThatNothingHasConnectedIsAskedByTheCheckItself() throws Exception {
        context.addComponent("crynux", component(1));
        context.getComponent("crynux", CrynuxComponent.class);
        context.start();

        assertThat(look("crynux-journal").getState()).isEqualTo(State.UNKNOWN);
        List.of("crynux-rpc", "crynux-head", "crynux-relay", "crynux-wallet").forEach(id -> await(id, State.UP));
    }

    @Test
    void anOptionThatIsMissingIsNamed() throws Exception {
        CrynuxComponent incomplete = component(1);
        incomplete.setContractAddress(null);
        context.addComponent("crynux", incomplete);
        context.start();

        assertThat(await("crynux-rpc", State.DOWN).getMessage().orElseThrow()).contains("Option contractAddress");
    }

    @Test
    void aSecondNetworkHasChecksOfItsOwnName() throws Exception {
        context.addComponent("crynux", component(3));
        context.addComponent("other", component(4));
        context.start();

        assertThat(ids().stream().map(id -> id.endsWith("-other")).collect(Collectors.groupingBy(x -> x)))
                .hasSize(2);
        assertThat(ids()).hasSize(12).contains("crynux-rpc-other");
    }

    @Test
    void thoseOfPayingAreSwitchedOffWithTheProducers() throws Exception {
        start(crynux -> crynux.setHealthCheckProducerEnabled(false));

        assertThat(ids()).containsExactly("crynux-head", "crynux-rpc");
    }

    @Test
    void allAreSwitchedOffWithBoth() throws Exception {
        start(crynux -> {
            crynux.setHealthCheckConsumerEnabled(false);
            crynux.setHealthCheckProducerEnabled(false);
        });

        assertThat(ids()).isEmpty();
    }

    @Test
    void aStoppedComponentLeavesNone() throws Exception {
        start(crynux -> {});
        HealthCheck check = look("crynux-rpc").getCheck();

        context.removeComponent("crynux");

        assertThat(ids()).isEmpty();
        assertThat(check.callReadiness().getState()).isEqualTo(State.UNKNOWN);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.task.GptParameters;
import io.crynux.client.task.SdParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.VrfProver;
import io.crynux.client.wallet.Wallets;
import io.crynux.devnet.http.ListenAddress;
import io.crynux.devnet.relaynet.RelayNetwork;
import io.crynux.devnet.relaynet.node.NodePlan;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskStatus;
import io.crynux.devnet.relaynet.task.TaskVersion;
import io.crynux.devnet.result.Workshop;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.web3j.crypto.Keys;
import org.web3j.utils.Numeric;

/** A devnet of today's Relay, and clients of one funded wallet; all closed after each test. */
abstract class RelayNetworkTestSupport {
    static final Duration SOON = Duration.ofSeconds(30);
    static final BigInteger CNX = BigInteger.TEN.pow(18);
    static final BigInteger FEE = CNX.multiply(BigInteger.valueOf(5));
    static final BigInteger FUNDS = CNX.multiply(BigInteger.valueOf(10_000));
    static final String KEY = "0x" + "00".repeat(31) + "77";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String GPU = "NVIDIA GeForce RTX 4090+Linux";

    private final List<AutoCloseable> open = new ArrayList<>();
    final Signer wallet = Wallets.ofPrivateKey(KEY);
    RelayNetwork relay;
    /** Makes results; that of one picture is quicker, but gives each cheat the same one. */
    Workshop workshop = Workshop.ofOnePicture();

    void start() {
        start(RelayNetworkSettings.defaults().withTick(Duration.ofMillis(50)), 4);
    }

    void start(RelayNetworkSettings settings, int nodes) {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        open.add(executor::shutdownNow);
        relay = new RelayNetwork(new RelayNetwork.Setup(
                new ListenAddress(ListenAddress.LOOPBACK, 0),
                settings,
                Clock.systemUTC(),
                workshop,
                executor,
                NodePlan.honest(Duration.ofMillis(100), Duration.ofMillis(50)),
                commitment -> seed()));
        relay.start();
        open.add(relay);
        for (int i = 1; i <= nodes; i++) {
            relay.join(node(i));
        }
        relay.deposit(address(), FUNDS);
    }

    /** Sampling seeds of the next tasks, whether they are to select them; further ones select none. */
    final Queue<Boolean> sampled = new ConcurrentLinkedQueue<>();

    private String seed() {
        boolean select = Boolean.TRUE.equals(sampled.poll());
        byte[] seed = new byte[32];
        do {
            RANDOM.nextBytes(seed);
        } while (selects(seed) != select);
        return Numeric.toHexString(seed);
    }

    private boolean selects(byte[] seed) {
        return ((VrfProver) wallet)
                        .prove(seed)
                        .toCompletableFuture()
                        .join()
                        .number()
                        .mod(BigInteger.valueOf(100))
                        .signum()
                == 0;
    }

    RelayNode node(int number) {
        return RelayNode.idle(
                String.format("0x%040x", 0x1000 + number),
                GPU,
                24,
                TaskVersion.parse(relay.settings().nodeVersion()).orElseThrow(),
                new LinkedHashSet<>(relay.settings().models()));
    }

    CrynuxClientBuilder builder() {
        return CrynuxClient.builder().network(network().build()).signer(wallet);
    }

    io.crynux.client.RelayNetwork.Builder network() {
        return io.crynux.client.RelayNetwork.builder().relayUrl(relay.url()).eventPollInterval(Duration.ofMillis(50));
    }

    CrynuxClient open() {
        return open(builder());
    }

    CrynuxClient open(CrynuxClientBuilder builder) {
        CrynuxClient client = builder.build();
        open.add(client);
        return client;
    }

    static TaskRequest.Builder image() {
        return TaskRequest.builder(SdParameters.builder("a lighthouse at dawn").build())
                .feeWei(FEE);
    }

    static TaskRequest.Builder text() {
        return TaskRequest.builder(
                        GptParameters.builder().user("What is lichen?").build())
                .feeWei(FEE);
    }

    static TaskResult get(CompletableFuture<TaskResult> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    static Throwable failure(CompletableFuture<?> future) throws Exception {
        try {
            future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        }
        throw new AssertionError("it did not fail");
    }

    /** In EIP-55 form, as the Relay names accounts. */
    String address() {
        return Keys.toChecksumAddress(wallet.address());
    }

    BigInteger spent() {
        return FUNDS.subtract(relay.balance(address()));
    }

    List<TaskStatus> statuses() {
        return relay.tasks().stream().map(RelayTask::status).toList();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }
}

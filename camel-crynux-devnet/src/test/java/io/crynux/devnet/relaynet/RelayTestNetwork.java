// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import io.crynux.devnet.http.ListenAddress;
import io.crynux.devnet.relaynet.node.NodePlan;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.TaskVersion;
import io.crynux.devnet.result.Workshop;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A network whose clock stands still until a test advances it, over HTTP. */
public final class RelayTestNetwork implements AutoCloseable {
    public static final BigInteger CNX = BigInteger.TEN.pow(18);
    public static final Instant START = Instant.parse("2026-11-30T00:00:00Z");

    private static final String GPU = "NVIDIA GeForce RTX 4090+Linux";

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final RelayNetwork network;

    /** @param seeds gives the sampling seed of a commitment */
    public RelayTestNetwork(RelayNetworkSettings settings, int nodes, Instant start, UnaryOperator<String> seeds) {
        this(settings, nodes, start, Workshop.ofOnePicture(), seeds);
    }

    public RelayTestNetwork(RelayNetworkSettings settings, int nodes) {
        this(settings, nodes, START, Workshop.ofOnePicture(), RelayTestNetwork::randomSeed);
    }

    public RelayTestNetwork(
            RelayNetworkSettings settings, int nodes, Instant start, Workshop workshop, UnaryOperator<String> seeds) {
        network = new RelayNetwork(new RelayNetwork.Setup(
                new ListenAddress(ListenAddress.LOOPBACK, 0),
                settings,
                Clock.fixed(start, ZoneOffset.UTC),
                workshop,
                executor,
                NodePlan.honest(Duration.ofMillis(300), Duration.ofMillis(200)),
                seeds));
        network.start();
        for (int i = 1; i <= nodes; i++) {
            network.join(node(i, GPU, 24));
        }
    }

    /** A node with the models of the settings. */
    public RelayNode node(int number, String gpu, long vram) {
        return RelayNode.idle(
                String.format("0x%040x", 0x1000 + number),
                gpu,
                vram,
                TaskVersion.parse(network.settings().nodeVersion()).orElseThrow(),
                new LinkedHashSet<>(network.settings().models()));
    }

    static String randomSeed(String commitment) {
        byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        return "0x" + HexFormat.of().formatHex(seed);
    }

    public RelayNetwork network() {
        return network;
    }

    /** A creator with 10,000 CNX. */
    public RelayClient client(int number) {
        var client = new RelayClient(network, new TestCreator(String.format("%064x", 0xc0ffee + number)));
        network.deposit(client.address(), CNX.multiply(BigInteger.valueOf(10_000)));
        return client;
    }

    @Override
    public void close() {
        network.close();
        executor.shutdownNow();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.http.AllowedHosts;
import io.crynux.devnet.http.ListenAddress;
import io.crynux.devnet.relaynet.RelayNetwork;
import io.crynux.devnet.relaynet.node.NodePlan;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.TaskVersion;
import io.crynux.devnet.result.Workshop;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Starts a network of today.
 *
 * @param funds of each account, in wei
 * @param gpuName of each node, with or without platform
 */
record TodaysNetworkStarter(
        ListenAddress address,
        AllowedHosts allowedHosts,
        RelayNetworkSettings settings,
        int accounts,
        BigInteger funds,
        int nodes,
        String gpuName,
        int gpuVram,
        Duration workTime,
        boolean lightNodes,
        Clock clock) {
    private static final Duration LONGEST_UPLOAD = Duration.ofMillis(200);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SEED_BYTES = 32;

    TodaysNetwork start(Closing closing) {
        var keys = new TestMnemonic();
        List<DevnetAccount> users = IntStream.range(0, accounts)
                .mapToObj(i -> DevnetAccount.of(keys.user(i)))
                .toList();
        List<DevnetAccount> nodeAccounts = IntStream.range(0, nodes)
                .mapToObj(i -> DevnetAccount.of(keys.node(i)))
                .toList();
        var scheduler = new DevnetScheduler();
        closing.add(scheduler);
        Duration upload = workTime.compareTo(LONGEST_UPLOAD) < 0 ? workTime : LONGEST_UPLOAD;
        var network = new RelayNetwork(new RelayNetwork.Setup(
                address,
                settings,
                clock,
                lightNodes ? Workshop.ofOnePicture() : new Workshop(),
                scheduler.executor(),
                NodePlan.honest(workTime, upload),
                commitment -> seed()));
        closing.add(network);
        users.forEach(user -> network.deposit(user.address(), funds));
        nodeAccounts.forEach(node -> network.join(node(node.address())));
        network.serve(Control.PREFIX, allowedHosts.before(new TodaysControl(network).handler()));
        network.start();
        return new TodaysNetwork(users, nodeAccounts, network, closing);
    }

    private RelayNode node(String nodeAddress) {
        TaskVersion version = TaskVersion.parse(settings.nodeVersion())
                .orElseThrow(() -> new IllegalArgumentException(
                        "nodeVersion must be three numbers with dots: " + settings.nodeVersion()));
        String name = gpuName.contains("+") ? gpuName : gpuName + "+Linux";
        return RelayNode.idle(nodeAddress, name, gpuVram, version, new LinkedHashSet<>(settings.models()));
    }

    private static String seed() {
        byte[] seed = new byte[SEED_BYTES];
        RANDOM.nextBytes(seed);
        return "0x" + HexFormat.of().formatHex(seed);
    }
}

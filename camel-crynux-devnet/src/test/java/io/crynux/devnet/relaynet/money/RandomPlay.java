// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.money;

import io.crynux.devnet.relaynet.RelayClient;
import io.crynux.devnet.relaynet.RelayClient.Order;
import io.crynux.devnet.relaynet.RelayNetwork;
import io.crynux.devnet.relaynet.RelayTestNetwork;
import io.crynux.devnet.relaynet.engine.RelayOperations.Backup;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.result.Workshop;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.web3j.crypto.Hash;

/** Creators, nodes and an operator who do anything in any order. The same seed plays the same. */
final class RandomPlay implements AutoCloseable {
    private static final int SAMPLING_MODULUS = 2;
    private static final int NODES = 6;
    private static final HexFormat HEX = HexFormat.of();

    private final Random random;
    private final RelayTestNetwork test;
    private final RelayNetwork network;
    private final List<RelayClient> clients;
    private final List<Placed> placed = new ArrayList<>();
    private Backup backup;
    private int joined = NODES;

    /** An order and whose it is. */
    private record Placed(RelayClient client, Order order) {}

    RandomPlay(long seed) {
        random = new Random(seed);
        test = new RelayTestNetwork(
                RelayNetworkSettings.defaults().withSamplingModulus(SAMPLING_MODULUS),
                NODES,
                RelayTestNetwork.START,
                Workshop.ofOnePicture(),
                RandomPlay::hash);
        network = test.network();
        clients = List.of(test.client(1), test.client(2));
        backup = network.backup();
    }

    RelayNetwork network() {
        return network;
    }

    /** What the creators deposited, in wei. */
    Map<String, BigInteger> deposits() {
        return clients.stream()
                .collect(Collectors.toMap(
                        RelayClient::address, any -> RelayTestNetwork.CNX.multiply(BigInteger.valueOf(10_000))));
    }

    @Override
    public void close() {
        test.close();
    }

    /** One more step. */
    void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> create(anyOf(clients), anOrder());
            case 4, 5 -> group();
            case 6 ->
                placed().ifPresent(one -> create(
                        one.client(), order(one.order().taskId(), one.order().fields())));
            case 7, 8, 9, 10 -> validate();
            case 11 -> placed().ifPresent(one -> one.client().cancel(one.order()));
            case 12, 13, 14, 15 -> network.advance(Duration.ofMillis(random.nextInt(5_000)));
            case 16 -> network.advance(Duration.ofSeconds(random.nextInt(1_200)));
            case 17, 18 -> fault();
            default -> administer();
        }
    }

    /** Ends all faults, and lets all deadlines pass. */
    void end() {
        network.faults().clear();
        network.advance(Duration.ofDays(2));
    }

    private Order anOrder() {
        RelayClient client = clients.get(0);
        Order order =
                switch (random.nextInt(4)) {
                    case 0 -> client.text("What is " + random.nextInt() + "?");
                    case 1 -> client.fineTuning(1 + random.nextInt(1_000));
                    default -> client.image("picture " + random.nextInt());
                };
        // Sometimes nothing, sometimes so much that there is not enough for a second one.
        Order priced =
                switch (random.nextInt(6)) {
                    case 0 -> order.with("task_fee", "0");
                    case 1 -> order.with("task_fee", RelayTestNetwork.CNX.multiply(BigInteger.valueOf(6_000)));
                    case 2 -> order.with("task_fee", Long.toString(random.nextLong(1, Long.MAX_VALUE)));
                    default -> order;
                };
        return order(hash("task id " + random.nextLong()), priced.fields());
    }

    private Order order(String taskId, Map<String, Object> fields) {
        String nonce = hash("nonce " + random.nextLong());
        Map<String, Object> own = new LinkedHashMap<>(fields);
        own.put("nonce", nonce);
        return new Order(
                taskId,
                nonce,
                "0x" + HEX.formatHex(Hash.sha3(HEX.parseHex(taskId.substring(2) + nonce.substring(2)))),
                own);
    }

    private static String hash(String text) {
        return "0x" + HEX.formatHex(Hash.sha3(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Three tasks with one task id, of which some fail or are cancelled; validated when their nodes should have finished. */
    private void group() {
        RelayClient client = anyOf(clients);
        Order first = anOrder();
        List<Order> members =
                List.of(first, order(first.taskId(), first.fields()), order(first.taskId(), first.fields()));
        if (random.nextBoolean()) {
            fault();
        }
        members.forEach(member -> create(client, member));
        for (int cancelled = random.nextInt(4); cancelled > 1; cancelled--) {
            client.cancel(members.get(cancelled - 1));
        }
        network.advance(Duration.ofMillis(random.nextInt(2_000, 8_000)));
        if (network.task(first.commitment()).isPresent()) {
            client.validate(first, members.get(1), members.get(2));
        }
    }

    private void create(RelayClient client, Order order) {
        placed.add(new Placed(client, order));
        client.create(order);
        if (placed.size() % 3 == 0) {
            // A creation that is repeated costs nothing.
            client.create(order);
        }
    }

    private Optional<Placed> placed() {
        return placed.isEmpty() ? Optional.empty() : Optional.of(anyOf(placed));
    }

    private <T> T anyOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** One of the latest tasks alone, or it and two with the same task id, as far as there are. */
    private void validate() {
        List<Placed> known = placed.subList(Math.max(0, placed.size() - 12), placed.size()).stream()
                .filter(one -> network.task(one.order().commitment()).isPresent())
                .toList();
        if (known.isEmpty()) {
            return;
        }
        Placed one = anyOf(known);
        List<Order> group = known.stream()
                .map(Placed::order)
                .filter(order -> order.taskId().equals(one.order().taskId()))
                .toList();
        if (group.size() >= 3 && random.nextInt(4) > 0) {
            one.client().validate(group.get(0), group.get(1), group.get(2));
        } else {
            one.client().validate(one.order());
        }
    }

    private void fault() {
        var nodes = network.faults().nodes();
        switch (random.nextInt(7)) {
            case 0 -> nodes.error().times(1 + random.nextInt(3));
            case 1 -> nodes.hang().times(1 + random.nextInt(2));
            case 2 -> nodes.cheat().times(1 + random.nextInt(3));
            case 3 -> nodes.collude().times(2);
            case 4 -> nodes.neverUpload().times(2);
            case 5 -> nodes.slow(Duration.ofSeconds(random.nextInt(600))).times(1);
            default -> {
                network.slash(anyOf(network.nodes()).address());
                network.join(test.node(++joined, "NVIDIA GeForce RTX 4090+Linux", 24));
            }
        }
    }

    private void administer() {
        switch (random.nextInt(4)) {
            case 0, 1 -> network.restart();
            case 2 -> backup = network.backup();
            default -> network.restore(backup);
        }
    }
}

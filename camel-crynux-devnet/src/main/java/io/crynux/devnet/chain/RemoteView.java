// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Looks at a chain behind JSON-RPC; asks for each block once. */
final class RemoteView implements ChainView {
    private static final int KEPT = 256;
    private static final int KEPT_REPLACED = 64;

    private final JsonRpc rpc;
    private final BooleanSupplier paused;
    private final TreeMap<Long, BlockSummary> known = new TreeMap<>();
    private final Deque<BlockSummary> replaced = new ArrayDeque<>();

    RemoteView(JsonRpc rpc, BooleanSupplier paused) {
        this.rpc = rpc;
        this.paused = paused;
    }

    @Override
    public synchronized List<BlockSummary> newest(int count) {
        BlockSummary head = summary(rpc.call("eth_getBlockByNumber", "latest", false));
        note(head);
        known.tailMap(head.number(), false).values().forEach(this::noteReplaced);
        known.tailMap(head.number(), false).clear();
        Deque<BlockSummary> newest = new ArrayDeque<>(List.of(head));
        while (newest.size() < count && newest.getFirst().number() > 0) {
            BlockSummary child = newest.getFirst();
            BlockSummary parent = known.get(child.number() - 1);
            if (parent == null || !parent.hash().equals(child.parentHash())) {
                JsonNode block = rpc.call("eth_getBlockByHash", child.parentHash(), false);
                if (!block.isObject()) {
                    // Replaced while it was asked for; the next look sees what came instead.
                    break;
                }
                parent = summary(block);
                note(parent);
            }
            newest.addFirst(parent);
        }
        while (known.size() > KEPT) {
            known.pollFirstEntry();
        }
        return List.copyOf(newest);
    }

    private void note(BlockSummary block) {
        BlockSummary before = known.put(block.number(), block);
        if (before != null && !before.hash().equals(block.hash())) {
            noteReplaced(before);
        }
    }

    private void noteReplaced(BlockSummary block) {
        replaced.addLast(block);
        if (replaced.size() > KEPT_REPLACED) {
            replaced.removeFirst();
        }
    }

    @Override
    public synchronized List<BlockSummary> replaced() {
        return List.copyOf(replaced);
    }

    private static BlockSummary summary(JsonNode block) {
        return new BlockSummary(
                JsonRpc.quantity(block.path("number")).longValueExact(),
                block.path("hash").asText(),
                block.path("parentHash").asText(),
                JsonRpc.quantity(block.path("timestamp")).longValueExact(),
                block.path("transactions").size(),
                JsonRpc.quantity(block.path("gasUsed")).longValueExact(),
                JsonRpc.quantity(block.path("gasLimit")).longValue());
    }

    /** Zero where the node does not report it. */
    @Override
    public int waiting() {
        return rpc.callIfKnown("txpool_status")
                .map(status -> JsonRpc.quantity(status.path("pending"))
                        .add(JsonRpc.quantity(status.path("queued")))
                        .intValueExact())
                .orElse(0);
    }

    @Override
    public boolean paused() {
        return paused.getAsBoolean();
    }

    /** That of the newest block; zero on a chain from before EIP-1559. */
    @Override
    public BigInteger baseFee() {
        JsonNode baseFee = rpc.call("eth_getBlockByNumber", "latest", false).path("baseFeePerGas");
        return baseFee.isTextual() ? JsonRpc.quantity(baseFee) : BigInteger.ZERO;
    }

    @Override
    public Wallet wallet(String address) {
        return new Wallet(
                rpc.quantity("eth_getBalance", address, "latest"),
                rpc.quantity("eth_getTransactionCount", address, "latest").longValueExact());
    }

    @Override
    public Optional<BigInteger> value(String transactionHash) {
        return Optional.of(rpc.call("eth_getTransactionByHash", transactionHash))
                .filter(transaction -> transaction.path("blockHash").isTextual())
                .map(transaction -> JsonRpc.quantity(transaction.path("value")));
    }
}

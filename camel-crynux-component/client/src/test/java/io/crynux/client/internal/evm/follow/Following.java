// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.JsonRpcService;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/** A follower, and what it has told: the events that hold, in their order. */
final class Following implements BlockListener, AutoCloseable {
    private record Told(BlockRef block, String transactionHash) {}

    private final Follower follower;
    private final CompletableFuture<BlockRef> started;
    private final List<Told> told = new ArrayList<>();
    private BlockRef head;
    private int blocks;
    private int removed;
    private int looks;

    Following(
            ChainSettings settings,
            BigInteger after,
            HttpTransport http,
            Clock clock,
            ScheduledExecutorService scheduler) {
        ChainRpc rpc = new ChainRpc(new JsonRpcService(settings.rpcUrls(), null, http, clock, scheduler), scheduler);
        follower = new Follower(rpc, settings, http, clock, scheduler, new ChainSight(), new BloomTrust(), this);
        started = follower.start(after);
    }

    CompletableFuture<BlockRef> started() {
        return started;
    }

    Follower follower() {
        return follower;
    }

    @Override
    public synchronized void onBlock(BlockRef block, List<LoggedEvent> events) {
        blocks++;
        events.forEach(event -> told.add(new Told(block, event.transactionHash())));
    }

    @Override
    public synchronized void onRemoved(Set<String> blockHashes) {
        removed += blockHashes.size();
        told.removeIf(event -> blockHashes.contains(event.block().hash()));
    }

    @Override
    public synchronized CompletionStage<Void> onCaughtUp(BlockRef newest) {
        head = newest;
        looks++;
        return CompletableFuture.completedFuture(null);
    }

    /** Each event's block hash and transaction hash. */
    synchronized List<String> events() {
        return told.stream()
                .map(event -> event.block().hash() + " " + event.transactionHash())
                .toList();
    }

    /** The newest block of which it was told that all before is told; -1 before any. */
    synchronized long head() {
        return head == null ? -1 : head.number().longValueExact();
    }

    /** How many blocks were told one by one, or because they have events. */
    synchronized int blocks() {
        return blocks;
    }

    synchronized int removed() {
        return removed;
    }

    /** How often it has looked at the chain, and found out everything. */
    synchronized int looks() {
        return looks;
    }

    @Override
    public void close() {
        follower.stop();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.contract.Creation;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.rpc.BlockHeader;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.JsonRpcService;
import io.crynux.client.internal.evm.rpc.UnreadableChainException;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.observe.ChainIdentity;
import io.crynux.client.observe.ClientStatus.ChainStatus;
import io.crynux.client.task.BlockRef;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;

/** The Task contract on its chain, read for everybody by one follower. Needs no wallet. Thread-safe. */
public final class ChainReader {
    /** How many blocks before the newest one are read when following begins, so that a reorganisation finds them known. */
    private static final BigInteger LOOK_BACK = BigInteger.valueOf(64);

    private final ChainSettings settings;
    private final HttpTransport http;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final JsonRpcService service;
    private final ChainRpc rpc;
    private final BlockHub hub = new BlockHub();
    private final ChainSight sight = new ChainSight();
    private final BloomTrust blooms = new BloomTrust();
    private CompletableFuture<ChainIdentity> connected;
    private CompletableFuture<BlockRef> following;
    private volatile Follower follower;
    private volatile String code;

    public ChainReader(ChainSettings settings, HttpTransport http, Clock clock, ScheduledExecutorService scheduler) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
        this.scheduler = scheduler;
        this.service = new JsonRpcService(settings.rpcUrls(), settings.chainId(), http, clock, scheduler);
        this.rpc = new ChainRpc(service, scheduler);
    }

    public ChainRpc rpc() {
        return rpc;
    }

    /**
     * Checks that the chain is the one that was configured and has the contract. Once it has worked nothing is asked again.
     *
     * @return fails with a {@link NetworkException} that names the option to correct
     */
    public synchronized CompletableFuture<ChainIdentity> connect() {
        if (connected == null || connected.isCompletedExceptionally()) {
            connected = service.agreeOnChain()
                    .thenCompose(chain -> rpc.code(settings.contractAddress())
                            .thenAccept(this::requireCode)
                            .thenApply(checked -> new ChainIdentity(chain.id().longValueExact(), chain.genesisHash())))
                    .exceptionally(error -> {
                        throw connectFailure(error);
                    });
        }
        return connected.copy();
    }

    private void requireCode(String told) {
        if (told == null || told.length() <= 2) {
            throw new NetworkException("contractAddress " + settings.contractAddress()
                    + " has no code on this chain. Set the address of the network's Task contract, or the rpcUrl of"
                    + " the chain that it is on");
        }
        code = told;
    }

    /** The contract's byte code as hex; known once connected. */
    public String code() {
        return code;
    }

    public static RuntimeException connectFailure(Throwable error) {
        Throwable cause = Futures.cause(error);
        if (cause instanceof CrynuxException known) {
            return known;
        }
        if (cause instanceof UnreadableChainException) {
            return new NetworkException(cause.getMessage(), cause);
        }
        return new NetworkException(
                (cause instanceof IOException ? cause.getMessage() : "The node at rpcUrl cannot be used: " + cause)
                        + ". Check rpcUrl, and that the node is up",
                cause);
    }

    /** Begins to follow the chain, unless that has begun. To be called after {@link #connect}; completes with the newest block. */
    public synchronized CompletableFuture<BlockRef> follow() {
        if (following == null || following.isCompletedExceptionally()) {
            following = begin(null);
        }
        return following.copy();
    }

    /**
     * Passes blocks to the listener, in place of an earlier listener. The future completes when it has received all blocks up
     * to the newest, with that block; see {@link Follower#start}.
     *
     * @param after number of the block after which events are wanted; null for the newest
     */
    public synchronized CompletableFuture<BlockRef> follow(BigInteger after, BlockListener listener) {
        if (following != null && !following.isDone()) {
            // Whoever waits for what has just begun must not lose it.
            return following.handle((first, error) -> null).thenCompose(begun -> follow(after, listener));
        }
        boolean going = following != null && !following.isCompletedExceptionally();
        if (going && hub.join(after, listener)) {
            return following.thenApply(first -> hub.recent().head());
        }
        hub.listener(listener);
        following = begin(after);
        return following.copy();
    }

    private CompletableFuture<BlockRef> begin(BigInteger after) {
        if (follower != null) {
            // An earlier attempt got as far as here and failed elsewhere, or began later than is wanted now.
            follower.stop();
        }
        Follower started = new Follower(rpc, settings, http, clock, scheduler, sight, blooms, hub);
        follower = started;
        return NodeProbe.ofFollowing(rpc, settings, this)
                .atStart(scheduler)
                .thenCompose(passed -> rpc.head())
                .thenCompose(head -> {
                    BigInteger back = head.number().subtract(LOOK_BACK).max(BigInteger.ZERO);
                    return started.start(after == null ? back : back.min(after));
                })
                .thenApply(newest -> {
                    hub.begin(newest);
                    return newest;
                })
                .exceptionally(error -> {
                    throw connectFailure(error);
                });
    }

    /** The contract has logs in that block, as something else shows than reading it. */
    public void expectLogs(BlockRef block) {
        Follower reading = follower;
        if (reading != null) {
            reading.expectLogs(block);
        }
    }

    /** The number of the newest block, asked now, whether the chain is followed or not; connects where that has not been done. */
    public CompletableFuture<BigInteger> newest() {
        return connect().thenCompose(identity -> rpc.head()).thenApply(BlockHeader::number);
    }

    /** Whether it can be seen what happens on the chain. */
    public ChainSight sight() {
        return sight;
    }

    /** How well the chain is read. */
    public ChainStatus status() {
        Follower reading = follower;
        return reading == null ? ChainStatus.NOT_FOLLOWED : reading.status();
    }

    /** For how long the chain has stood still although nodes answered without a break; zero while that is not known. */
    public Duration stillFor() {
        Follower reading = follower;
        return reading == null ? Duration.ZERO : reading.stillFor();
    }

    /** The newest blocks and their events, as of the last look at the chain. */
    public RecentBlocks recent() {
        return hub.recent();
    }

    /** Calls the watcher, which must be quick, whenever {@link #recent()} has changed. */
    public void watch(Runnable watcher) {
        hub.watch(watcher);
    }

    public void unwatch(Runnable watcher) {
        hub.unwatch(watcher);
    }

    /** Reads events of blocks that are older than {@link #recent()}. */
    public EventRanges ranges(List<String> eventNames) {
        return new EventRanges(rpc, settings, blooms, eventNames);
    }

    /** The block of that number now; fails when the node does not have it. */
    public CompletableFuture<BlockRef> block(BigInteger number) {
        return rpc.block(DefaultBlockParameter.valueOf(number)).thenApply(BlockHeader::ref);
    }

    /** Who created a task of which an event in that block tells; see {@link CreationFinder}. */
    public CompletableFuture<Optional<Creation>> creation(BigInteger taskId, BlockRef toldIn) {
        return new CreationFinder(rpc, settings, blooms).find(taskId, toldIn.number());
    }

    /** An address's balance in wei. */
    public CompletableFuture<BigInteger> balance(String address) {
        return rpc.balance(address, DefaultBlockParameterName.LATEST);
    }

    /** The contract's address, lower-case. */
    public String contract() {
        return settings.contractAddress();
    }

    /** Stops to follow, and to wait for nodes that limit the rate. */
    public synchronized void close() {
        service.close();
        if (follower != null) {
            follower.stop();
        }
    }
}

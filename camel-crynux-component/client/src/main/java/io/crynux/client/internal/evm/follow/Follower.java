// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.FollowSettings;
import io.crynux.client.internal.evm.rpc.BlockHeader;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.observe.ClientStatus.ChainStatus;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the contract's events once for everybody, whatever the number of tasks: looks for the newest block at intervals, or
 * when a WebSocket reports one, and walks there.
 */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    /** While a WebSocket reports new heads, every so many intervals there is a look without a report. */
    private static final int RARER = 10;

    private static final Duration RAREST = Duration.ofMinutes(1);
    /** Heads can come faster than the chain is to be asked: the least time between two looks is this part of the interval. */
    private static final int OFTENEST = 10;

    /** Without any progress; what begins must not hang for ever where the chain cannot be read. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    private static final Duration SHORTEST_PING = Duration.ofSeconds(1);
    private static final Duration LONGEST_PING = Duration.ofSeconds(15);
    /** After so many looks that find the same newest block, another endpoint is asked for its own. */
    private static final int STILL_LOOKS = 10;
    /** After so many failures in a row of a node that does answer, another one is used. */
    private static final int MOST_USELESS = 3;
    /** So many looks in a row must find another chain before that is told: one node may mix up its answers. */
    private static final int TOLD_REPLACEMENTS = 4;

    private final ChainRpc rpc;
    private final Duration pollInterval;
    private final ScheduledExecutorService scheduler;
    private final BlockListener listener;
    private final ChainWalk walk;
    private final HeadSocket socket;
    private final FollowerHealth health;
    private final ChainSight sight;
    private final CompletableFuture<BlockRef> started = new CompletableFuture<>();
    private final int endpoints;

    // Used by one look after the other.
    private volatile String lastHead;
    private int rangesBefore;
    private int stillLooks;
    private int replacements;
    private final AtomicBoolean lookingElsewhere = new AtomicBoolean();
    /** The newest block for which another endpoint was asked whether it knows more. */
    private volatile String comparedHead;

    // Guarded by this.
    private ScheduledFuture<?> next;
    private boolean looking;
    private boolean lookAgain;
    private long lookedAt;
    private boolean stopped;

    Follower(
            ChainRpc rpc,
            ChainSettings settings,
            HttpTransport http,
            Clock clock,
            ScheduledExecutorService scheduler,
            ChainSight sight,
            BloomTrust blooms,
            BlockListener listener) {
        FollowSettings follow = settings.follow();
        this.rpc = rpc;
        this.endpoints = settings.rpcUrls().size();
        this.pollInterval = follow.pollInterval();
        this.scheduler = scheduler;
        this.sight = sight;
        this.listener = listener;
        LogReader reader = new LogReader(rpc, settings, blooms);
        this.walk = new ChainWalk(rpc, reader, follow.maxBlockRange(), sight, listener);
        this.socket = new HeadSocket(
                follow.webSocketUrls(),
                http,
                scheduler,
                between(SHORTEST_PING, pollInterval.multipliedBy(RARER), LONGEST_PING),
                this::wake);
        this.health = new FollowerHealth(clock, pollInterval);
    }

    /**
     * Begins to follow. The future completes when the listener has received all blocks up to the newest, with that block;
     * once the newest block is known, what fails is tried again until it works.
     *
     * @param after number of the block after which events are wanted; null for the newest, whose events are not wanted
     */
    CompletableFuture<BlockRef> start(BigInteger after) {
        return rpc.head()
                .thenCompose(head -> walk.anchorBelow(head).thenApply(anchored -> head))
                .thenCompose(head -> {
                    if (after != null && after.compareTo(head.number()) < 0) {
                        walk.beginAfter(after);
                        look();
                        socket.open();
                        return started;
                    }
                    walk.beginAt(head);
                    health.onRead(head, head);
                    health.onSuccess();
                    lookIn(pollInterval);
                    socket.open();
                    return CompletableFuture.completedFuture(head.ref());
                });
    }

    void stop() {
        synchronized (this) {
            stopped = true;
            cancelNext();
        }
        walk.stop();
        socket.close();
        started.completeExceptionally(new CrynuxShutdownException("The client stopped before it had read the chain"));
    }

    /** See {@link BlockDelivery#expectLogs}. */
    void expectLogs(BlockRef block) {
        walk.expectLogs(block);
    }

    /** How well it goes. */
    ChainStatus status() {
        return health.status(socket.state());
    }

    /**
     * For how long the chain has made no block, as far as can be known: nodes answered without a break, and no endpoint knew
     * more.
     */
    Duration stillFor() {
        String newest = lastHead;
        boolean compared = endpoints == 1 || (newest != null && newest.equals(comparedHead));
        return compared ? health.stillFor() : Duration.ZERO;
    }

    /** There may be something new; many calls while it is looked at make one further look. */
    private synchronized void wake() {
        if (looking) {
            lookAgain = true;
        } else if (next != null && health.failures() == 0) {
            cancelNext();
            lookIn(leastPause());
        }
    }

    private Duration leastPause() {
        Duration least = between(Duration.ZERO, pollInterval.dividedBy(OFTENEST), LONGEST_PAUSE);
        Duration since = Duration.ofNanos(System.nanoTime() - lookedAt);
        return since.compareTo(least) >= 0 ? Duration.ZERO : least.minus(since);
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }

    private synchronized void lookIn(Duration delay) {
        if (!stopped) {
            next = scheduler.schedule(this::look, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        synchronized (this) {
            // One that was cancelled too late, when another one had begun.
            if (stopped || looking) {
                return;
            }
            looking = true;
            lookAgain = false;
            next = null;
            lookedAt = System.nanoTime();
        }
        sight.onLook();
        CompletableFuture.completedFuture(null)
                .thenCompose(now -> rpc.head())
                .thenCompose(head -> read(head).exceptionallyCompose(error -> unread(head, error)))
                .whenComplete((read, error) -> {
                    Duration delay = pollInterval;
                    try {
                        delay = error == null ? afterSuccess() : afterFailure(error);
                    } catch (Throwable e) {
                        // Without a next look nobody would ever hear of a block again.
                        LOG.error("Following the chain failed; it goes on", e);
                    }
                    synchronized (this) {
                        looking = false;
                        lookIn(error == null && lookAgain ? leastPause() : delay);
                    }
                });
    }

    private CompletionStage<Void> read(BlockHeader head) {
        boolean still = head.hash().equals(lastHead);
        boolean first = lastHead == null;
        return walk.walkTo(head).thenCompose(walked -> walk.askAgain()).thenCompose(asked -> {
            lastHead = head.hash();
            health.onRead(head, walk.newest());
            socket.onPoll(!still && !first);
            stillLooks = still ? stillLooks + 1 : 0;
            if (endpoints > 1 && still && stillLooks % STILL_LOOKS == 0) {
                lookElsewhere(head.hash());
            }
            return listener.onCaughtUp(walk.newest().ref());
        });
    }

    /** What was paid may be looked after all the same. */
    private CompletionStage<Void> unread(BlockHeader head, Throwable failure) {
        return listener.onUnread(head.ref()).handle((heard, error) -> {
            if (error != null) {
                LOG.debug("The outcome of payments could not be determined either", error);
            }
            throw Futures.wrapped(failure);
        });
    }

    /**
     * Where the newest block stays the same, the node may be the one that stands still, and not the chain. Nothing waits for
     * the answer, which can take long.
     */
    private void lookElsewhere(String head) {
        if (!lookingElsewhere.compareAndSet(false, true)) {
            return;
        }
        rpc.goWhereMoreIsKnown(walk.newest().number()).whenComplete((ahead, error) -> {
            lookingElsewhere.set(false);
            if (error == null) {
                health.onLookedElsewhere(ahead.orElse(null));
                comparedHead = head;
                if (ahead.isPresent()) {
                    wake();
                }
            }
        });
    }

    private Duration afterSuccess() {
        health.onSuccess();
        sight.onRead();
        replacements = 0;
        started.complete(walk.newest().ref());
        if (!socket.isTrusted() || walk.hasDoubts()) {
            return pollInterval;
        }
        Duration rarer = between(Duration.ZERO, pollInterval.multipliedBy(RARER), RAREST);
        return rarer.compareTo(pollInterval) > 0 ? rarer : pollInterval;
    }

    private static Duration between(Duration least, Duration wanted, Duration most) {
        return wanted.compareTo(least) < 0 ? least : wanted.compareTo(most) > 0 ? most : wanted;
    }

    private Duration afterFailure(Throwable error) {
        synchronized (this) {
            if (stopped) {
                return pollInterval;
            }
        }
        sight.onFailure(error);
        if (Futures.cause(error) instanceof ChainReplacedException) {
            rpc.distrust();
            if (++replacements == TOLD_REPLACEMENTS) {
                LOG.error(
                        "The chain was reorganised by more than {} blocks: it is another chain, or was reset. Nothing is signed,"
                                + " and none of its events is reported; following goes on when the chain is back. Correct rpcUrl; where the"
                                + " chain was reset, restart with a journal of its own",
                        SeenBlocks.MOST);
            }
        }
        comparedHead = null;
        if (walk.ranges() != rangesBefore) {
            // A long way, on which it did get further.
            rangesBefore = walk.ranges();
            health.onProgress();
        }
        Duration delay = health.onFailure(error);
        if (!started.isDone() && health.failingFor().compareTo(START_TIMEOUT) > 0) {
            // Whoever starts is told what is wrong, and may start again.
            started.completeExceptionally(Futures.cause(error));
            stop();
            return delay;
        }
        if (health.failures() % MOST_USELESS == 0) {
            rpc.distrust();
        }
        return delay;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.evm.follow.HeadLooks;
import io.crynux.client.internal.evm.rpc.RpcAnswers;
import io.crynux.client.internal.retry.FailureLog;
import io.crynux.client.internal.retry.RetryPolicy;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One poll after the other: the newest block, what became of payments, the state of some tasks, and the events of those that
 * seem to have ended. Its requests do not grow with the number of tasks beyond a bound.
 */
final class PollLoop {
    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
    /** Tasks in one search for events, and in one batch of calls when polling begins. */
    private static final int MOST_SEARCHED = 50;
    /** Requests for events at each poll. */
    private static final int MOST_RANGES = 8;
    /** How many blocks after its end a task is forgotten; reorganisations do not go deeper. */
    private static final BigInteger KEPT = BigInteger.valueOf(256);

    /** What begins must not hang for ever where the chain cannot be read. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

    private static final RetryPolicy AFTER_FAILURE =
            RetryPolicy.of(Duration.ofMillis(500), Duration.ofSeconds(30)).warningAt(1);
    /** Of failures in a row where the node does answer, this one is told. */
    private static final int TOLD_ANSWERS = 5;

    private final TaskChain chain;
    private final PaymentWatch watch;
    private final Duration pollInterval;
    private final ScheduledExecutorService scheduler;
    private final Consumer<NetworkEvent> events;
    private final HeadLooks looks;
    private final PolledTasks tasks = new PolledTasks();
    private final TaskVisits visits;
    private final EndSearch search;
    private final FailureLog failures = new FailureLog(LOG, "Cannot poll the chain", "The chain answers again");
    private final RetryPolicy afterAnswer;
    private final CompletableFuture<BlockRef> started = new CompletableFuture<>();
    private volatile boolean stopped;
    /** The newest block of the last look, and since when it is the newest. */
    private BlockRef newest;

    private long newestSince;

    PollLoop(
            TaskChain chain,
            PaymentWatch watch,
            RelayStates relay,
            Duration pollInterval,
            ScheduledExecutorService scheduler,
            Consumer<NetworkEvent> events) {
        this.chain = chain;
        this.watch = watch;
        this.pollInterval = pollInterval;
        this.scheduler = scheduler;
        this.events = events;
        this.looks = chain.looks();
        this.visits = new TaskVisits(chain, relay, this::tell);
        this.search = new EndSearch(chain.taskEvents(), tasks, this::tell);
        // A node that answers needs no long rest, and of several behind one URL the next may know more.
        this.afterAnswer =
                RetryPolicy.of(pollInterval, pollInterval.multipliedBy(8)).warningAt(TOLD_ANSWERS);
    }

    /** See {@link ClassicNetwork#follow}. Once the newest block is known, what fails is tried again. */
    CompletableFuture<BlockRef> start() {
        return looks.first().thenCompose(head -> {
            poll();
            return started;
        });
    }

    void stop() {
        stopped = true;
        started.completeExceptionally(new CrynuxShutdownException("The client stopped before it had read the chain"));
    }

    private void schedule(Duration delay) {
        if (!stopped) {
            scheduler.schedule(this::poll, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void poll() {
        if (stopped) {
            return;
        }
        chain.sight().onLook();
        CompletableFuture.completedFuture(null)
                .thenCompose(now -> looks.look())
                .thenCompose(this::onLook)
                .whenComplete((done, error) -> {
                    Duration delay = pollInterval;
                    try {
                        delay = error == null ? afterSuccess() : afterFailure(error);
                    } catch (Throwable e) {
                        // Without a next look nobody would ever hear of a task again.
                        LOG.error("Polling the chain failed; it goes on", e);
                    }
                    schedule(delay);
                });
    }

    private Duration afterSuccess() {
        failures.over();
        chain.sight().onRead();
        return pollInterval;
    }

    private Duration afterFailure(Throwable error) {
        if (stopped) {
            return pollInterval;
        }
        // What was not seen without a break was not seen to stand still.
        newest = null;
        chain.sight().onFailure(error);
        if (!started.isDone() && failures.lasts().compareTo(START_TIMEOUT) > 0) {
            // Whoever starts is told what is wrong, and may start again.
            started.completeExceptionally(new NetworkException(
                    "The chain cannot be polled: " + error + ". Check rpcUrl, and that the node is up", error));
            stop();
        }
        boolean answers = RpcAnswers.isAnswer(error);
        return failures.failed(error, answers ? afterAnswer : AFTER_FAILURE);
    }

    private CompletionStage<Void> onLook(HeadLooks.Look look) {
        if (look.behind()) {
            return CompletableFuture.completedFuture(null);
        }
        BlockRef head = look.head();
        if (!look.removed().isEmpty()) {
            onRemoved(look.removed());
        }
        return watch.check(head, this::tell)
                .thenCompose(checked -> started.isDone() ? takeTurn(head) : catchUp(head))
                .thenAccept(asked -> {
                    tasks.forgetBefore(head.number().subtract(KEPT));
                    if (started.isDone()) {
                        tell(new NetworkEvent.Head(head, stillFor(head)));
                    } else {
                        started.complete(head);
                    }
                });
    }

    /** For how long the chain has made no block, and owes none: a payment of ours that waits would be in one. */
    private Duration stillFor(BlockRef head) {
        // Of several nodes another one may know more.
        if (!head.equals(newest) || chain.hasPaymentsInFlight() || chain.hasSeveralNodes()) {
            newest = head;
            newestSince = System.nanoTime();
        }
        return Duration.ofNanos(System.nanoTime() - newestSince);
    }

    private void onRemoved(Set<String> blockHashes) {
        LOG.info("{} blocks with events of tasks were reverted by a reorganisation", blockHashes.size());
        watch.removed(blockHashes);
        tasks.removed(blockHashes);
        tell(new NetworkEvent.Removed(blockHashes));
    }

    /** Some tasks, in turn, and those whose events are not read to the end. */
    private CompletionStage<Void> takeTurn(BlockRef head) {
        List<PolledTask> turn = tasks.turn(TaskVisits.MOST);
        return visits.visit(turn, head).thenCompose(visited -> {
            Set<PolledTask> suspects = new LinkedHashSet<>();
            tasks.open().stream().filter(PolledTask::isUnfinished).forEach(suspects::add);
            suspects.addAll(turn);
            return settle(new ArrayList<>(suspects), head, MOST_RANGES);
        });
    }

    /** All tasks, to the end: what happened meanwhile is reported before anything is sent. */
    private CompletionStage<Void> catchUp(BlockRef head) {
        CompletionStage<Void> caughtUp = CompletableFuture.completedFuture(null);
        List<PolledTask> open = tasks.open();
        for (int from = 0; from < open.size(); from += MOST_SEARCHED) {
            List<PolledTask> some = open.subList(from, Math.min(from + MOST_SEARCHED, open.size()));
            caughtUp = caughtUp.thenCompose(before -> visits.askContract(some, head))
                    .thenCompose(asked -> settle(some, head, Integer.MAX_VALUE));
        }
        return caughtUp;
    }

    /** Reads how those ended that seem to have. */
    private CompletionStage<Void> settle(List<PolledTask> asked, BlockRef head, int ranges) {
        List<PolledTask> suspects = asked.stream()
                .filter(task -> task.isToBeSearched(head))
                .limit(MOST_SEARCHED)
                .toList();
        return search.search(suspects, head, ranges).thenAccept(searched -> asked.stream()
                .filter(PolledTask::isUploadedNow)
                .forEach(task -> tell(new NetworkEvent.ResultsUploaded(task.id()))));
    }

    /** A task whose creation was reported elsewhere is asked for from now on. */
    synchronized void track(BigInteger taskId, BlockRef createdIn) {
        tasks.created(taskId, createdIn);
        looks.keep(createdIn);
    }

    /** Several payments may be reported at once. */
    private synchronized void tell(NetworkEvent event) {
        if (stopped) {
            return;
        }
        if (event instanceof NetworkEvent.Created created) {
            watch.seen(created.transactionHash(), created.block());
            tasks.created(created.taskId(), created.block());
            looks.keep(created.block());
        } else if (event instanceof NetworkEvent.Reverted reverted) {
            looks.keep(reverted.block());
        } else if (event instanceof NetworkEvent.Superseded superseded) {
            looks.keep(superseded.block());
        } else if (event instanceof NetworkEvent.Mined mined) {
            looks.keep(mined.block());
        } else if (event instanceof NetworkEvent.Succeeded succeeded) {
            looks.keep(succeeded.block());
        } else if (event instanceof NetworkEvent.Aborted aborted) {
            looks.keep(aborted.block());
        }
        events.accept(event);
    }
}

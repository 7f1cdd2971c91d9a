// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.internal.async.Loop;
import io.crynux.client.internal.finality.FinalityWatch;
import io.crynux.client.internal.protocol.Attempt;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.internal.protocol.FoundTask;
import io.crynux.client.internal.protocol.Protocol;
import io.crynux.client.internal.protocol.ProtocolContext;
import io.crynux.client.internal.protocol.TaskReports;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.Spending;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.Content;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classic network ({@code protocol=chain}): tasks are created and paid on a chain, followed by the contract's events, and
 * their parameters and results go through the Relay.
 */
public final class ChainProtocol implements Protocol {
    private static final Logger LOG = LoggerFactory.getLogger(ChainProtocol.class);
    /** How many blocks a reorganisation may have put a payment back before the block that was the newest when it was signed. */
    private static final BigInteger REORGANISED = BigInteger.valueOf(256);

    final ClassicNetwork network;
    final EngineSettings settings;
    final ChainTasks tasks = new ChainTasks();
    private final ChainReports reports = new ChainReports();
    private final ResultDownloads downloads = new ResultDownloads(this);
    /** Set by tests. */
    Consumer<ChainTransitions.Transition> onTransition = transition -> {};

    // Set before anything else is called.
    ProtocolContext context;
    Loop loop;
    FinalityWatch finality;

    // What follows is used on the loop only.
    private final List<ChainAttempt> recovered = new ArrayList<>();
    private final List<LaneTransaction> recoveredTransactions = new ArrayList<>();
    /** Cancellations that time-outs had begun. */
    private final List<LaneRecord> recoveredWishes = new ArrayList<>();

    private BlockRef head;
    private boolean closed;

    public ChainProtocol(ClassicNetwork network, EngineSettings settings) {
        this.network = network;
        this.settings = settings;
    }

    @Override
    public void open(ProtocolContext engine) {
        context = engine;
        loop = engine.loop();
        finality = new FinalityWatch(settings.finality(), network::numberOf, loop);
    }

    @Override
    public CompletableFuture<NetworkIdentity> connect() {
        return network.connect().thenCompose(identity -> finality.checkTag().thenApply(checked -> identity));
    }

    @Override
    public String account() {
        return network.creator();
    }

    @Override
    public Attempt begin(AttemptContext attempt) {
        return new ChainAttempt(this, attempt, ChainStage.UNPAID);
    }

    @Override
    public Attempt recover(AttemptContext attempt) {
        ChainAttempt known = new ChainAttempt(this, attempt, ChainStage.RECOVERED);
        recovered.add(known);
        known.recover();
        return known;
    }

    @Override
    public void recoverOwn(LaneRecord record) {
        if (TaskCancellation.isWish(record)) {
            recoveredWishes.add(record);
        } else {
            recoveredTransactions.add(
                    GapFiller.isRecordOfOne(record)
                            ? GapFiller.recovered(this, record)
                            : CancelRun.recovered(this, record));
        }
    }

    @Override
    public CompletableFuture<Void> catchUp() {
        return network.follow(eventsNeededAfter(), event -> loop.execute(() -> hear(event)))
                .thenAcceptAsync(this::onCaughtUp, loop);
    }

    /** The block after which events are needed, or null when none are. */
    private BigInteger eventsNeededAfter() {
        BigInteger after = recovered.stream()
                .map(attempt -> attempt.record().head())
                .filter(Objects::nonNull)
                .map(signedAfter -> signedAfter.subtract(REORGANISED).max(BigInteger.ZERO))
                .min(Comparator.naturalOrder())
                .orElse(null);
        if (after != null) {
            LOG.info("What became of {} tasks is read from block {} on", recovered.size(), after);
        }
        return after;
    }

    private void onCaughtUp(BlockRef newest) {
        onHead(new NetworkEvent.Head(newest, Duration.ZERO));
        List<ChainAttempt> attempts = List.copyOf(recovered);
        attempts.forEach(attempt -> attempt.steps().run(attempt::onCaughtUp));
        Set<BigInteger> timedOut = resumeCancelling();
        recoveredTransactions.stream()
                .filter(CancelRun.class::isInstance)
                .map(CancelRun.class::cast)
                .filter(cancel -> cancel.isUnderWay() && !timedOut.contains(cancel.taskId()))
                .forEach(cancel -> cancel.steps().run(cancel::tellTask));
        forgetRecovered();
    }

    /** The ids of the tasks whose cancellation goes on. */
    private Set<BigInteger> resumeCancelling() {
        Set<BigInteger> taskIds = new HashSet<>();
        for (LaneRecord wish : recoveredWishes) {
            tasks.attemptOf(TaskCancellation.taskKey(wish))
                    .ifPresentOrElse(
                            attempt -> {
                                taskIds.add(attempt.record().taskId());
                                attempt.steps().run(() -> attempt.resumeCancelling(wish));
                            },
                            () -> TaskCancellation.drop(this, wish));
        }
        return taskIds;
    }

    private void forgetRecovered() {
        recovered.clear();
        recoveredTransactions.clear();
        recoveredWishes.clear();
    }

    @Override
    public void discard() {
        recoveredTransactions.forEach(LaneTransaction::shutdown);
        forgetRecovered();
    }

    private void hear(NetworkEvent event) {
        if (closed) {
            return;
        }
        tasks.hear(event);
        if (event instanceof NetworkEvent.Head newest) {
            onHead(newest);
        }
    }

    private void onHead(NetworkEvent.Head newest) {
        head = newest.block();
        finality.onHead(newest.block(), newest.stillFor(), tasks.awaitHeads(), tasks::onHead);
    }

    /** Whether no reorganisation can give another id to the task; to be called on the loop. */
    boolean isCreationFinal(ChainRecord record) {
        return finality.isFinal(record.createdIn());
    }

    /** What is noted of a first signature now. */
    Spending spending(BigInteger mostWei) {
        return new Spending(context.now(), mostWei);
    }

    /** The newest block that is known. */
    BigInteger headNumber() {
        return head.number();
    }

    /**
     * What is noted of a task that nothing can change any more, now.
     *
     * @param spent what left the wallet for good in wei, or null where nobody counts
     * @param refund what provably came back of its fee in wei, or null
     */
    Settlement settlement(BigInteger spent, BigInteger refund) {
        return new Settlement(context.now(), spent, refund);
    }

    boolean isStopping() {
        return context.isStopping();
    }

    CompletionStage<Void> write(LaneRecord record) {
        return context.write(record);
    }

    void tell(Runnable completion) {
        context.tell(completion);
    }

    @Override
    public ProtocolData settled(ProtocolData data) {
        return ChainData.of(data).settled().data();
    }

    @Override
    public CompletableFuture<Content> download(TaskRecord record, int number) {
        return downloads.file(record, number);
    }

    @Override
    public TaskReports reports() {
        return reports;
    }

    /**
     * A task that another program paid for, as it was found on the chain.
     *
     * @param record with the payment that is in a block, in the state CREATED
     * @param events what happened to it since, from its creation on
     */
    public record Found(ChainRecord record, List<NetworkEvent> events) {}

    /** Looks a task up for an adoption, which hears of everything that happens meanwhile. To be called on the loop. */
    public CompletableFuture<FoundTask> adopting(Supplier<CompletableFuture<Found>> lookup) {
        EventRecording recording = new EventRecording();
        tasks.remember(recording);
        CompletableFuture<FoundTask> found = CompletableFuture.completedFuture(null)
                .thenCompose(now -> lookup.get())
                .thenApply(task -> new FoundTask(
                        task.record().task(),
                        other -> ChainRecord.of(other).isPaidBy(task.record().transactionHash()),
                        attempt -> adopt(task, (ChainAttempt) attempt, recording),
                        () -> tasks.forget(recording)));
        found.whenComplete((task, error) -> {
            if (error != null) {
                loop.execute(() -> tasks.forget(recording));
            }
        });
        return found;
    }

    private void adopt(Found task, ChainAttempt attempt, EventRecording recording) {
        tasks.forget(recording);
        recovered.remove(attempt);
        network.track(task.record().taskId(), task.record().createdIn());
        recording.replay(task.events(), attempt);
        attempt.onCaughtUp();
    }

    /**
     * Sends cancelTask, as soon as the contract allows it.
     *
     * @param untilMined whether to wait until it is in a block that is final, or only until it is sent
     */
    public CompletableFuture<CancelOutcome> cancel(BigInteger taskId, boolean untilMined, Duration timeout) {
        CompletableFuture<CancelOutcome> outcome = new CompletableFuture<>();
        loop.execute(() -> {
            if (isStopping()) {
                outcome.completeExceptionally(new CrynuxShutdownException("The client stops; nothing was signed"));
                return;
            }
            CancelRun known = tasks.cancelOf(taskId);
            if (known != null) {
                known.await(untilMined, timeout, outcome);
                return;
            }
            CancelRun cancel = CancelRun.of(this, taskId);
            cancel.steps().run(() -> {
                cancel.await(untilMined, timeout, outcome);
                cancel.tellTask();
                cancel.start();
            });
        });
        return outcome;
    }

    @Override
    public void disconnect() {
        network.disconnect();
    }

    @Override
    public void close() {
        closed = true;
        tasks.shutdown();
    }
}

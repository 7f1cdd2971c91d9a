// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.internal.async.Loop;
import io.crynux.client.internal.protocol.Attempt;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.internal.protocol.NetworkIdentity;
import io.crynux.client.internal.protocol.Protocol;
import io.crynux.client.internal.protocol.ProtocolContext;
import io.crynux.client.internal.protocol.TaskReports;
import io.crynux.client.internal.spool.Spool;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.journal.TaskRecord.Settlement;
import io.crynux.client.journal.TaskRecord.Signing;
import io.crynux.client.task.Content;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The protocol of a {@link ScriptedNetwork}: the least that the engine needs of one. */
public final class ScriptedProtocol implements Protocol {
    private static final String ACCOUNT = "scripted";
    private static final String ABORT_REASON = "as told";

    private final ScriptedNetwork network;
    private final List<ScriptedAttempt> recovered = new ArrayList<>();
    private ProtocolContext engine;

    ScriptedProtocol(ScriptedNetwork network) {
        this.network = network;
    }

    @Override
    public void open(ProtocolContext context) {
        engine = context;
    }

    @Override
    public CompletableFuture<NetworkIdentity> connect() {
        return network.isDown()
                ? CompletableFuture.failedFuture(new NetworkException("The network does not answer"))
                : CompletableFuture.completedFuture(new NetworkIdentity(1, "scripted", ACCOUNT));
    }

    @Override
    public String account() {
        return ACCOUNT;
    }

    @Override
    public Attempt begin(AttemptContext context) {
        return new ScriptedAttempt(context);
    }

    @Override
    public Attempt recover(AttemptContext context) {
        ScriptedAttempt attempt = new ScriptedAttempt(context);
        recovered.add(attempt);
        return attempt;
    }

    @Override
    public void recoverOwn(TaskRecord record) {
        throw new IllegalStateException("This protocol has no transactions of its own");
    }

    @Override
    public CompletableFuture<Void> catchUp() {
        return CompletableFuture.runAsync(
                () -> {
                    recovered.forEach(attempt -> attempt.context.steps().run(attempt::goOnAfterRestart));
                    recovered.clear();
                },
                engine.loop());
    }

    @Override
    public void discard() {
        recovered.clear();
    }

    @Override
    public CompletableFuture<Content> download(TaskRecord record, int number) {
        Spool spool = new Spool(record.order().spoolThreshold());
        try {
            spool.write(ByteBuffer.wrap(network.result(record.order().key(), number)));
            return CompletableFuture.completedFuture(spool.finish());
        } catch (IOException e) {
            spool.discard();
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public TaskReports reports() {
        return new Reports();
    }

    @Override
    public void disconnect() {}

    @Override
    public void close() {}

    /** Commits, is charged, and then is as far as the network says. */
    private final class ScriptedAttempt implements Attempt {
        private final AttemptContext context;
        private ScriptedTask task;
        private boolean isOver;

        ScriptedAttempt(AttemptContext context) {
            this.context = context;
        }

        @Override
        public void start() {
            try {
                context.reserve(fee());
            } catch (CrynuxException e) {
                end(TaskState.REJECTED, BigInteger.ZERO, e);
                return;
            }
            TaskRecord committed = context.record().committed(new Signing(engine.now(), BigInteger.ZERO, fee()));
            context.steps().after(context.commit(committed), (done, error) -> {
                if (error == null) {
                    submit();
                } else if (!isOver) {
                    end(TaskState.REJECTED, BigInteger.ZERO, new CrynuxException("Nothing was spent: " + error, error));
                }
            });
        }

        private void submit() {
            Loop loop = engine.loop();
            task = network.take(
                    context.record().order(),
                    changed -> loop.execute(() -> context.steps().run(this::look)));
            if (task == null) {
                end(TaskState.REJECTED, BigInteger.ZERO, new CrynuxException("The network refuses. Nothing was spent"));
                return;
            }
            if (!task.isAcknowledged()) {
                return;
            }
            if (!context.record().state().isEnd()) {
                context.progress(context.record().sent());
                context.progress(context.record().created(task.id(), null));
                context.progress(context.record().in(TaskState.UPLOADED));
            } else {
                context.note(context.record().found(task.id(), null));
            }
            look();
        }

        private void goOnAfterRestart() {
            submit();
        }

        /** The task may have come further. */
        private void look() {
            if (isOver) {
                return;
            }
            switch (task.stage()) {
                case QUEUED -> {}
                case STARTED -> context.started();
                case SUCCEEDED -> succeed();
                case ABORTED -> abort();
            }
        }

        private void succeed() {
            if (context.record().state().isEnd()) {
                isOver = true;
                context.left();
                context.settled(settlement(fee()));
            } else {
                context.progress(context.record().succeeded("node", "hash"));
                context.resultsReady();
            }
        }

        private void abort() {
            BigInteger refund = network.refund(context.record().order());
            end(
                    TaskState.ABORTED,
                    ABORT_REASON,
                    settlement(fee().subtract(refund), refund),
                    aborted(context.record(), refund));
        }

        private void end(TaskState state, BigInteger spent, CrynuxException error) {
            end(state, null, settlement(spent), error);
        }

        private void end(TaskState state, String reason, Settlement settlement, CrynuxException error) {
            isOver = true;
            if (context.record().state().isEnd()) {
                context.settled(settlement);
            } else {
                context.ended(state, reason, settlement, error, false);
            }
        }

        private Settlement settlement(BigInteger spent) {
            return settlement(spent, null);
        }

        private Settlement settlement(BigInteger spent, BigInteger refund) {
            engine.settle(context.record(), spent);
            if (engine.countsCosts() && spent.signum() > 0) {
                engine.onCost(context.record().order().kind(), spent, BigInteger.ZERO);
            }
            return new Settlement(engine.now(), spent, refund);
        }

        private BigInteger fee() {
            return context.record().order().feeWei();
        }

        @Override
        public void giveUp() {
            if (!context.record().isCommitted()) {
                isOver = true;
                context.settled(settlement(BigInteger.ZERO));
            }
        }

        @Override
        public boolean goOn() {
            if (isOver || context.record().state() != TaskState.TIMED_OUT) {
                return false;
            }
            context.progress(context.record().created(task.id(), null));
            look();
            return true;
        }

        @Override
        public void onResultWanted() {
            context.resultsReady();
        }

        @Override
        public void onDone() {
            if (!isOver) {
                isOver = true;
                // Later, as where a network is final later.
                engine.loop().execute(() -> context.steps().run(() -> context.settled(settlement(fee()))));
            }
        }

        @Override
        public boolean isCancellable() {
            return task != null && !isOver;
        }

        @Override
        public Duration cancel() {
            task.abort();
            return Duration.ofMinutes(1);
        }

        @Override
        public CrynuxException timedOut() {
            return reports().timedOut(context.record());
        }

        @Override
        public void close() {
            isOver = true;
        }
    }

    private static TaskAbortedException aborted(TaskRecord record, BigInteger refund) {
        String refunded =
                refund == null ? "the refund is not determinable" : TaskFacts.cnx(refund) + " of it was refunded";
        return new TaskAbortedException(
                "The network aborted task " + record.taskId() + ": " + ABORT_REASON + ". The fee of "
                        + TaskFacts.cnx(record.order().feeWei()) + " was paid; " + refunded,
                new TaskFacts(record.taskId(), null, record.order().feeWei(), refund),
                ABORT_REASON);
    }

    private static TaskFacts facts(TaskRecord record) {
        return new TaskFacts(record.taskId(), null, record.order().feeWei(), null);
    }

    /** In few words. */
    private static final class Reports implements TaskReports {

        @Override
        public TaskResult result(TaskRecord record, List<ResultFile> files) {
            TaskOrder order = record.order();
            return new TaskResult(
                    order.kind(),
                    record.state(),
                    record.taskId(),
                    order.taskHash(),
                    order.creator(),
                    null,
                    null,
                    null,
                    order.feeWei(),
                    order.attempt(),
                    record.resultNode(),
                    record.resultHash(),
                    files);
        }

        @Override
        public CrynuxException end(TaskRecord record) {
            return switch (record.state()) {
                case ABORTED ->
                    aborted(record, record.isSettled() ? record.settlement().refundedWei() : null);
                case REJECTED, REVERTED -> new CrynuxException("The task was not charged", facts(record), null);
                case TIMED_OUT -> timedOut(record);
                default -> null;
            };
        }

        @Override
        public CrynuxException timedOut(TaskRecord record) {
            return new TaskTimeoutException(
                    record.isCommitted()
                            ? "The deadline passed; the fee may be spent, and "
                                    + facts(record).describe() + " goes on in the network"
                            : "The deadline passed; nothing was spent",
                    facts(record));
        }

        @Override
        public CrynuxException broken(TaskRecord record, Throwable error) {
            return new CrynuxException("The client failed: " + error, facts(record), error);
        }

        @Override
        public CrynuxShutdownException shutdown(TaskRecord record) {
            return new CrynuxShutdownException(
                    "The client stopped; "
                            + (record.isCommitted()
                                    ? "the fee of " + facts(record).describe() + " may be spent"
                                    : "nothing was spent"),
                    facts(record));
        }

        @Override
        public CrynuxException unknown(TaskRecord record, boolean stopped) {
            return stopped ? shutdown(record) : timedOut(record);
        }

        @Override
        public ResultUnavailableException resultUnavailable(TaskRecord record, Throwable error) {
            return new ResultUnavailableException("No result of task " + record.taskId(), facts(record), error);
        }
    }
}

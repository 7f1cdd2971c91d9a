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
import io.crynux.client.internal.protocol.Change;
import io.crynux.client.internal.protocol.Protocol;
import io.crynux.client.internal.protocol.ProtocolContext;
import io.crynux.client.internal.protocol.TaskReports;
import io.crynux.client.internal.spool.Spool;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.Spending;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.Content;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.testing.ScriptedNetwork.Plan;
import io.crynux.testing.ScriptedTask.Stage;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;

/** The protocol of a {@link ScriptedNetwork}: the least that the engine needs of one. */
public final class ScriptedProtocol implements Protocol {
    private static final String ACCOUNT = "scripted";
    private static final String ABORT_REASON = "as told";

    private final ScriptedNetwork network;
    private final List<ScriptedAttempt> recovered = new ArrayList<>();
    private final List<LaneRecord> recoveredOwn = new ArrayList<>();
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
                : CompletableFuture.completedFuture(new NetworkIdentity("scripted", "1", null, "the scripted network"));
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
    public void recoverOwn(LaneRecord record) {
        network.recoveredOwn(record);
        recoveredOwn.add(record);
    }

    @Override
    public CompletableFuture<Void> catchUp() {
        return CompletableFuture.runAsync(
                () -> {
                    recovered.forEach(attempt -> attempt.context.steps().run(attempt::submit));
                    // What they did is known now.
                    recoveredOwn.forEach(
                            own -> engine.write(own.settled(new Settlement(engine.now(), BigInteger.ZERO, null))));
                    discard();
                },
                engine.loop());
    }

    /** Leaves a record of no request in the journal, as of a transaction of the protocol's own that is under way. */
    public void sendOwn(String key) {
        engine.write(LaneRecord.prepared(key, ACCOUNT, ProtocolData.EMPTY)
                .sending(null, new Spending(engine.now(), BigInteger.ZERO), ProtocolData.EMPTY));
    }

    @Override
    public void discard() {
        recovered.clear();
        recoveredOwn.clear();
    }

    @Override
    public ProtocolData settled(ProtocolData data) {
        return data;
    }

    @Override
    public CompletableFuture<Content> download(TaskRecord record, int number) {
        return network.resultsReady().thenCompose(ready -> file(record.order(), number));
    }

    private CompletableFuture<Content> file(TaskOrder order, int number) {
        Spool spool = new Spool(order.spoolThreshold());
        try {
            spool.write(ByteBuffer.wrap(network.result(order.key(), number)));
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
        private ScheduledFuture<?> resend;
        private boolean isOver;

        ScriptedAttempt(AttemptContext context) {
            this.context = context;
            network.begun(context);
        }

        @Override
        public void start() {
            if (network.plan() == Plan.BY_HAND) {
                return;
            }
            try {
                context.checkBudget(fee());
            } catch (CrynuxException e) {
                end(TaskState.REJECTED, BigInteger.ZERO, e);
                return;
            }
            // Before the commit: one of them may be charged during it.
            List<TaskRecord> refused = context.refusedBefore();
            network.claim(record().order(), (refused.isEmpty() ? record() : refused.get(0)).order());
            Change committed = new Change(record().data(), TaskState.SIGNED, null, fee());
            context.steps().after(context.commit(committed), (done, error) -> {
                if (error == null) {
                    submit();
                } else if (!isOver) {
                    end(TaskState.REJECTED, BigInteger.ZERO, new CrynuxException("Nothing was spent: " + error, error));
                }
            });
        }

        /** New or after a restart: the network takes each task once. */
        private void submit() {
            if (isOver || network.plan() == Plan.BY_HAND) {
                return;
            }
            Loop loop = engine.loop();
            task = network.take(
                    record().order(),
                    changed -> loop.execute(() -> context.steps().run(this::look)));
            if (task == null) {
                end(TaskState.REJECTED, BigInteger.ZERO, new CrynuxException("The network refuses. Nothing was spent"));
                return;
            }
            if (task.isAcknowledged()) {
                look();
            }
        }

        /** The task may have come further, or fallen back. */
        private void look() {
            if (isOver) {
                return;
            }
            if (record().state() == TaskState.SIGNED && task.stage() != Stage.REFUSED) {
                context.progress(record().sent());
            }
            switch (task.stage()) {
                case LOST -> {
                    notCreated();
                    sendAgain();
                }
                case REFUSED -> refuse();
                case PENDING -> notCreated();
                case QUEUED -> created();
                case STARTED -> {
                    created();
                    notSucceeded();
                    context.started();
                }
                case SUCCEEDED -> {
                    created();
                    succeed();
                }
                case ABORTED -> {
                    created();
                    abortWhenFinal();
                }
                case REVERTED -> endWhenFinal(TaskState.REVERTED, BigInteger.ZERO, uncharged("was reverted"));
                case DEAD -> endWhenFinal(TaskState.REJECTED, BigInteger.ZERO, uncharged("cannot be charged"));
            }
        }

        private TaskRecord record() {
            return context.record();
        }

        private void over() {
            isOver = true;
            if (resend != null) {
                resend.cancel(false);
            }
        }

        private void sendAgain() {
            if (resend == null) {
                resend = context.steps().schedule(Duration.ofMinutes(1), () -> {
                    resend = null;
                    task.create();
                });
            }
        }

        private void refuse() {
            if (!record().isRefused() && !record().isSettled()) {
                context.refused(uncharged("was refused"));
                engine.settle(record(), BigInteger.ZERO);
            }
        }

        private void created() {
            String id = task.id().toString();
            if (id.equals(record().taskId())) {
                return;
            }
            if (record().isRefused()) {
                engine.settle(record(), fee());
                context.chargedAfterAll();
            } else if (record().state().isEnd()) {
                context.note(record().found(id));
                return;
            }
            context.progress(record().created(id));
            if (record().state() == TaskState.CREATED) {
                context.progress(record().in(TaskState.UPLOADED));
            }
        }

        private void notCreated() {
            if (record().taskId() == null) {
                return;
            }
            context.pause();
            if (record().state().isEnd()) {
                context.note(record().found(null));
            } else {
                context.progress(record().sent());
            }
        }

        private void notSucceeded() {
            if (record().state() == TaskState.SUCCEEDED || record().state() == TaskState.DOWNLOADED) {
                context.progress(record().in(TaskState.UPLOADED));
            }
        }

        private void succeed() {
            if (!record().state().isEnd()) {
                context.progress(record().succeeded());
                context.resultsReady();
            }
            if (record().state().isEnd()) {
                context.left();
                settleDone();
            }
        }

        private void settleDone() {
            if (task.isFinal()) {
                // Later, as where a network is final later.
                engine.loop().execute(() -> context.steps().run(() -> {
                    if (!isOver
                            && task.stage() == Stage.SUCCEEDED
                            && record().state().isEnd()) {
                        over();
                        context.settled(settlement(fee()));
                    }
                }));
            }
        }

        private void abortWhenFinal() {
            if (task.isFinal()) {
                BigInteger refund = network.refund(record().order());
                end(
                        TaskState.ABORTED,
                        ABORT_REASON,
                        settlement(fee().subtract(refund), refund),
                        aborted(record(), refund));
            } else {
                context.pause();
            }
        }

        private CrynuxException uncharged(String what) {
            return new CrynuxException("The task " + what + ". Nothing was spent", facts(record()), null);
        }

        private void endWhenFinal(TaskState state, BigInteger spent, CrynuxException error) {
            if (task.isFinal()) {
                end(state, spent, error);
            } else {
                context.pause();
            }
        }

        private void end(TaskState state, BigInteger spent, CrynuxException error) {
            end(state, null, settlement(spent), error);
        }

        private void end(TaskState state, String reason, Settlement settlement, CrynuxException error) {
            over();
            if (record().state().isEnd()) {
                context.settled(settlement);
            } else {
                context.ended(state, reason, settlement, error, false);
            }
        }

        private Settlement settlement(BigInteger spent) {
            return settlement(spent, null);
        }

        private Settlement settlement(BigInteger spent, BigInteger refund) {
            engine.settle(record(), spent);
            if (engine.countsCosts() && spent.signum() > 0) {
                engine.onCost(record().order().kind(), spent, BigInteger.ZERO);
            }
            return new Settlement(engine.now(), spent, refund);
        }

        private BigInteger fee() {
            return record().order().feeWei();
        }

        @Override
        public void giveUp() {
            if (!record().isCommitted()) {
                over();
                context.settled(settlement(BigInteger.ZERO));
            } else if (task != null) {
                engine.loop().execute(() -> context.steps().run(this::look));
            }
        }

        @Override
        public boolean goOn() {
            if (isOver || record().state() != TaskState.TIMED_OUT) {
                return false;
            }
            if (record().taskId() == null) {
                context.progress(record().sent());
            } else if (task.stage() == Stage.SUCCEEDED) {
                context.progress(record().succeeded());
            } else {
                context.progress(record().created(record().taskId()));
                context.progress(record().in(TaskState.UPLOADED));
            }
            if (task != null) {
                look();
            }
            return true;
        }

        @Override
        public void onResultWanted() {
            context.resultsReady();
        }

        @Override
        public void onDone() {
            if (!isOver && task != null) {
                settleDone();
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
            return reports().timedOut(record());
        }

        @Override
        public void close() {
            over();
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
                    record.state() == TaskState.DONE || record.state() == TaskState.SUCCEEDED ? "node" : null,
                    record.state() == TaskState.DONE || record.state() == TaskState.SUCCEEDED ? "hash" : null,
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

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.protocol.Attempt;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.internal.protocol.Change;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.api.Subject;
import io.crynux.client.internal.protocol.relay.ids.RequestIds;
import io.crynux.client.internal.protocol.relay.life.Action;
import io.crynux.client.internal.protocol.relay.life.Changes;
import io.crynux.client.internal.protocol.relay.life.Ending;
import io.crynux.client.internal.protocol.relay.life.Life;
import io.crynux.client.internal.protocol.relay.life.Outcome;
import io.crynux.client.internal.protocol.relay.life.Plan;
import io.crynux.client.internal.protocol.relay.life.Planner;
import io.crynux.client.internal.protocol.relay.life.Terms;
import io.crynux.client.internal.protocol.relay.task.RelayEvent;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request at the Relay: keeps what is known of it, has the rules decide what to do, and reports to the engine. Used on the
 * engine's loop only.
 */
final class RelayAttempt implements Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(RelayAttempt.class);
    /** Before a look, a decision or a question that brought nothing is repeated. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** The Relay answers a cancellation at once, and it may have to be repeated. */
    private static final Duration CANCELLATION = Duration.ofMinutes(1);

    private final RelayProtocol protocol;
    private final AttemptContext context;
    private final Steps steps;
    private final Terms terms;
    /** Actions whose answer is not there, or that wait to be repeated. */
    private final Set<Action> underWay = new HashSet<>();
    /** Those of them that are committed as sent. */
    private final Set<Action> committed = new HashSet<>();
    /** Null until the request has ids. */
    private Life life;

    private ActionRunner runner;
    /** Plans again when a time has come. */
    private ScheduledFuture<?> timer;
    /** Why the Relay has refused the creation, when it has. */
    private CrynuxException refusal;

    private boolean disputeReported;
    private boolean closed;

    RelayAttempt(RelayProtocol protocol, AttemptContext context) {
        this.protocol = protocol;
        this.context = context;
        this.steps = context.steps();
        this.terms = protocol.rules().terms(context.record().order());
    }

    private TaskRecord record() {
        return context.record();
    }

    String key() {
        return record().order().key();
    }

    Steps steps() {
        return steps;
    }

    @Override
    public void start() {
        steps.after(protocol.relay().balance().isEnoughFor(terms.feeWei()), (enough, error) -> {
            if (isOver()) {
                return;
            }
            if (error != null) {
                endUncharged(new CrynuxException(
                        "The balance of the Relay account cannot be read: "
                                + Futures.cause(error).getMessage() + ". Nothing was charged",
                        Futures.cause(error)));
            } else if (enough.value().isPresent()) {
                onBalance(enough.value().get());
            } else {
                onBalanceRefused(enough.refusal().orElseThrow());
            }
        });
    }

    private void onBalance(boolean enough) {
        if (enough) {
            takeIds(RequestIds.newNonce(protocol.random()));
        } else {
            endPoor();
        }
    }

    /** Without an answer nothing is lost by waiting: whoever waits has a deadline. */
    private void onBalanceRefused(Refusal refused) {
        if (refused instanceof Refusal.Permanent
                || refused instanceof Refusal.Stranger
                || refused instanceof Refusal.WrongClock) {
            endUncharged(new CrynuxException("The Relay refuses to show the balance of the Relay account ("
                    + refused.text() + "). Nothing was charged"));
        } else {
            LOG.debug("The balance of the Relay account cannot be read: {}", refused.text());
            steps.schedule(PAUSE, () -> {
                if (!isOver()) {
                    start();
                }
            });
        }
    }

    /** All ids of the request follow from the first nonce. */
    private void takeIds(String firstNonce) {
        steps.after(RequestIds.of(firstNonce, protocol.relay().prover()), (ids, error) -> {
            if (isOver()) {
                return;
            }
            if (error != null) {
                onIdsFailed(firstNonce, Futures.cause(error));
                return;
            }
            runner = new ActionRunner(protocol.relay(), ids, record().order(), this::commit);
            if (life == null) {
                life = Life.prepared(protocol.rules().creator(), firstNonce, ids.commitments());
            }
            protocol.remember(this, ids.commitments());
            drive();
        });
    }

    private void onIdsFailed(String firstNonce, Throwable error) {
        if (life == null) {
            endUncharged(
                    error instanceof CrynuxException known
                            ? known
                            : new CrynuxException("The signer failed: " + error + ". Nothing was charged", error));
        } else {
            LOG.warn("The ids of a request cannot be derived; trying again: {}", error.getMessage());
            steps.schedule(PAUSE, () -> takeIds(firstNonce));
        }
    }

    /** Goes on where an earlier process left it. */
    void recover() {
        ProtocolData data = record().data();
        if (!RelayTexts.hasLife(data)) {
            return;
        }
        life = Changes.doubted(RelayTexts.life(data));
        takeIds(life.firstNonce());
    }

    private boolean isOver() {
        return closed || record().isSettled();
    }

    /** Does what the rules decide now, and reports what has become known. */
    private void drive() {
        if (isOver() || runner == null) {
            return;
        }
        Instant now = protocol.now();
        Plan plan = Planner.plan(life, terms, now);
        plan.actions().forEach(this::begin);
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (plan.next() != null) {
            timer = steps.schedule(Duration.between(now, plan.next()), this::drive);
        }
        report();
    }

    private void begin(Action action) {
        if (isOver() || !underWay.add(action)) {
            return;
        }
        if (action instanceof Action.Download download) {
            onSuccess(download);
            return;
        }
        steps.after(Futures.start(() -> runner.run(action, life)), (result, error) -> {
            if (error != null) {
                onFailed(action, Futures.cause(error));
            } else {
                onDone(action, result);
            }
        });
    }

    private void onDone(Action action, ActionResult result) {
        committed.remove(action);
        life = result.change().apply(life);
        underWay.remove(action);
        if (action.isFirstCharge() && result.refusal() != null) {
            onCreationRefused(result.refusal());
        } else {
            drive();
        }
    }

    private void repeatLater(Action action) {
        steps.schedule(PAUSE, () -> {
            underWay.remove(action);
            drive();
        });
    }

    /** A signed balance call decides what "not enough money" means: a wrong key looks the same. */
    private void onCreationRefused(Refusal refused) {
        boolean asksForMoney = refused instanceof Refusal.Stranger stranger && stranger.subject() == Subject.BALANCE;
        if (!asksForMoney) {
            refusal = RelayFailures.refused(refused);
            drive();
            return;
        }
        steps.after(protocol.relay().balance().read(), (answer, error) -> {
            BigInteger balance = error == null ? answer.value().orElse(null) : null;
            boolean enough = balance != null && balance.compareTo(terms.feeWei()) >= 0;
            refusal = enough ? RelayFailures.wrongKey(protocol.rules().creator()) : poor(balance);
            drive();
        });
    }

    private CrynuxException poor(BigInteger balance) {
        return RelayFailures.poor(
                protocol.rules().creator(), terms.feeWei(), balance, protocol.mostWei(terms.feeWei()));
    }

    private void endPoor() {
        steps.after(protocol.relay().balance().read(), (answer, error) -> {
            if (!isOver()) {
                endUncharged(poor(error == null ? answer.value().orElse(null) : null));
            }
        });
    }

    /** The action was not signed or not committed, so it was not sent; or it failed in this client, and may have been. */
    private void onFailed(Action action, Throwable error) {
        if (isOver()) {
            return;
        }
        boolean first = action.isFirstCharge() && SendingFailure.isBeforeSending(error) && !wasSentBefore();
        if (first) {
            endUncharged(SendingFailure.error(error));
            return;
        }
        LOG.warn("A step of {} failed; it is repeated: {}", describe(), error.toString());
        if (committed.remove(action)) {
            life = SendingFailure.isBeforeSending(error)
                    ? Changes.notSent(life, action)
                    : runner.lost(action).apply(life);
        }
        repeatLater(action);
    }

    private boolean wasSentBefore() {
        return life.member(0).create().tries() > 1;
    }

    /** Before it is sent: what may be charged is durable and counted. Called on any thread. */
    private CompletionStage<Void> commit(Action action, Instant at) {
        return protocol.loop().compose(() -> {
            TaskRecord record = record();
            if (closed || (action.isFirstCharge() && record.state().isEnd())) {
                throw new CancellationException("the request has ended");
            }
            life = Changes.sent(life, action, at);
            committed.add(action);
            return context.commit(new Change(
                    RelayTexts.with(record.data(), life),
                    record.isCommitted() ? record.state() : TaskState.SIGNED,
                    null,
                    protocol.mostWei(terms.feeWei())));
        });
    }

    /** The log has news of one of its tasks. */
    void heard(RelayEvent event) {
        if (life != null) {
            life = Changes.heard(life, event, protocol.now());
            drive();
        }
    }

    /** Events may be missing. */
    void doubted() {
        if (life != null) {
            life = Changes.doubted(life);
            drive();
        }
    }

    private void report() {
        TaskRecord record = record();
        if (isOver()) {
            return;
        }
        if (life.member(0).isCreated()) {
            reportCreated(record);
        }
        if (life.samplingDisputed() && !disputeReported) {
            disputeReported = true;
            LOG.warn("The Relay decides otherwise than this client whether tasks are sampled; the Relay's word counts."
                    + " It may sample another part of the tasks than one in 100");
        }
        Outcome outcome = Outcome.of(life, terms);
        boolean failed = outcome.ending() != Ending.OPEN && outcome.ending() != Ending.SUCCEEDED;
        if (failed && !record().state().isEnd()) {
            end(outcome);
        } else if (record().state().isEnd() && outcome.isSettled() && !record().isSettled()) {
            settle(RequestEnd.of(life, terms));
        }
    }

    private void reportCreated(TaskRecord record) {
        String id = life.member(0).commitment();
        if (record.taskId() == null && record.state().isEnd()) {
            context.note(with(record.found(id)));
        } else if (record.taskId() == null) {
            context.progress(with(record.created(id)));
        }
        if (!life.member(0).node().isEmpty()) {
            context.started();
        }
    }

    /** The record with all that is known. */
    private TaskRecord with(TaskRecord record) {
        ProtocolData data = RelayTexts.with(record.data(), life);
        return record.with(RelayTexts.with(data, RequestEnd.of(life, terms)));
    }

    /** A task of the request has a result, as read or heard. */
    private void onSuccess(Action.Download download) {
        if (record().state().isEnd()) {
            // Nobody downloads it, so reading the task has to confirm what was heard.
            underWay.remove(download);
            boolean confirmed = life.member(download.member()).heard() == null;
            life = confirmed
                    ? Changes.downloaded(life, download.member())
                    : Changes.notDownloaded(life, download.member(), protocol.now());
            context.left();
            steps.schedule(Duration.ZERO, this::drive);
        } else if (record().state() != TaskState.SUCCEEDED) {
            if (record().taskId() == null) {
                context.progress(with(record().created(life.member(0).commitment())));
            }
            context.progress(withResult(record().succeeded(), download.member()));
            context.resultsReady();
        }
    }

    private TaskRecord withResult(TaskRecord record, int member) {
        return record.with(
                RelayTexts.with(RelayTexts.with(record.data(), life), RequestEnd.succeeded(life, terms, member)));
    }

    /** A file of the result is here, which proves that the task succeeded. */
    void onDownloaded() {
        underWay.stream()
                .filter(Action.Download.class::isInstance)
                .map(Action.Download.class::cast)
                .findFirst()
                .ifPresent(download -> {
                    underWay.remove(download);
                    life = Changes.downloaded(life, download.member());
                    drive();
                });
    }

    private void end(Outcome outcome) {
        RequestEnd end = RequestEnd.of(life, terms);
        CrynuxException error = refusal != null && outcome.ending() == Ending.REFUSED
                ? refusal
                : RelayFailures.of(record(), end, terms.window());
        context.note(record().with(RelayTexts.with(record().data(), end)));
        if (!outcome.mayTryAgain()) {
            // Another attempt would end in the same way, or the user has cancelled this one.
            context.cancelAsked(this);
        }
        TaskState state =
                switch (outcome.ending()) {
                    case REFUSED, NOT_CHARGED, NOT_OURS -> TaskState.REJECTED;
                    default -> TaskState.ABORTED;
                };
        boolean isUncharged = end.chargedWei().signum() == 0 && !end.unknown();
        protocol.settled(record(), end);
        context.ended(
                record().taskId() == null && isUncharged ? TaskState.REJECTED : state,
                RelayFailures.reason(end),
                protocol.settlement(record(), end),
                error,
                false);
        forget();
    }

    private void settle(RequestEnd end) {
        context.note(record().with(RelayTexts.with(record().data(), end)));
        protocol.settled(record(), end);
        context.settled(protocol.settlement(record(), end));
        forget();
    }

    /** Nothing was charged, and nothing can be. */
    private void endUncharged(CrynuxException error) {
        if (record().state().isEnd()) {
            return;
        }
        protocol.context().settle(record(), BigInteger.ZERO);
        context.ended(TaskState.REJECTED, error.getMessage(), protocol.nothingSpent(), error, false);
        forget();
    }

    private void forget() {
        if (timer != null) {
            timer.cancel(false);
        }
        protocol.forget(this);
    }

    @Override
    public void giveUp() {
        if (life != null) {
            life = Changes.givenUp(life);
            drive();
        }
    }

    @Override
    public boolean goOn() {
        if (isOver() || life == null || record().state() != TaskState.TIMED_OUT) {
            return false;
        }
        TaskRecord record = record();
        if (Outcome.of(life, terms).ending() == Ending.SUCCEEDED) {
            context.progress(
                    withResult(record.succeeded(), Outcome.of(life, terms).member()));
            context.resultsReady();
        } else {
            context.progress(record.taskId() == null ? record.sent() : record.created(record.taskId()));
            drive();
        }
        return true;
    }

    @Override
    public void onResultWanted() {
        context.resultsReady();
    }

    @Override
    public void onDone() {
        underWay.removeIf(Action.Download.class::isInstance);
        steps.schedule(Duration.ZERO, this::drive);
    }

    @Override
    public boolean isCancellable() {
        return life != null && !isOver() && life.hasQueued();
    }

    @Override
    public Duration cancel() {
        life = Changes.cancelled(life);
        drive();
        return CANCELLATION;
    }

    @Override
    public CrynuxException timedOut() {
        if (life != null && record().isCommitted()) {
            context.note(with(record()));
        }
        return protocol.reports().timedOut(record());
    }

    private String describe() {
        return record().taskId() == null ? "a task" : "task " + record().taskId();
    }

    @Override
    public void close() {
        if (!isOver() && life != null) {
            protocol.leave(life, terms);
        }
        closed = true;
        forget();
    }
}

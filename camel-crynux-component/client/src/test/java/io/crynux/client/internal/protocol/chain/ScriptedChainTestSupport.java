// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.RelayException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.async.Loop;
import io.crynux.client.internal.engine.KnownTasks;
import io.crynux.client.internal.engine.Submission;
import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.json.TaskHash;
import io.crynux.client.internal.protocol.chain.ChainTransitions.Transition;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.KeptJournal;
import io.crynux.testing.VirtualTime;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** An engine with the classic network's protocol on a scripted chain, in virtual time. */
abstract class ScriptedChainTestSupport {
    static final BigInteger FEE = BigInteger.TEN.pow(18);
    static final Duration HOUR = Duration.ofHours(1);
    /** A block is final with so many on top. */
    static final int FINAL = 2;

    static final EngineSettings SETTINGS = new EngineSettings(
            Finality.ofBlocks(FINAL),
            PaymentSettings.DEFAULT,
            Duration.ofSeconds(20),
            Duration.ofDays(1),
            Limits.DEFAULT,
            BudgetSettings.UNLIMITED);

    VirtualTime time = VirtualTime.inOrder();
    ScriptedChain chain = new ScriptedChain();
    KeptJournal journal = new KeptJournal();
    /** What stands before the scheduler. */
    UnaryOperator<ScheduledExecutorService> timers = scheduler -> scheduler;
    /** Every change of stage, of all tasks. */
    final List<Transition> moves = new ArrayList<>();

    TaskEngine engine;
    private CompletableFuture<Void> started;
    /** Whether prompts are the submitters' own keys, which are known for the retention. */
    boolean keyed;

    private int orders;

    void start() {
        start(SETTINGS);
    }

    /** Another process begins, on the same chain and with the same journal. */
    void start(EngineSettings settings) {
        ScheduledExecutorService scheduler = timers.apply(time.scheduler());
        ChainProtocol protocol = new ChainProtocol(chain, settings);
        protocol.onTransition = moves::add;
        engine = new TaskEngine(
                protocol,
                journal,
                settings,
                time.clock(),
                new Loop(time.executor(), scheduler, time::nanoTime),
                time.executor(),
                scheduler,
                ClientObserver.NONE);
        started = engine.start();
        time.settle();
    }

    /** Completes when what happened before is known. */
    CompletableFuture<Void> connected() {
        return started;
    }

    static EngineSettings withBudget(BigInteger wei) {
        return new EngineSettings(
                SETTINGS.finality(),
                SETTINGS.payments(),
                SETTINGS.downloadDelay(),
                SETTINGS.retention(),
                SETTINGS.limits(),
                new BudgetSettings(wei, Duration.ofDays(1)));
    }

    void stop() {
        CompletableFuture<Void> closed = engine.close().toCompletableFuture();
        time.settle();
        closed.join();
        engine.abandon();
    }

    /** A message for that, which may be redelivered. */
    Submission message(String prompt, WaitFor waitFor, boolean cancelOnTimeout, int maxAttempts) {
        String json = "{\"prompt\":\"" + prompt + "\"}";
        TaskOrder order = TaskOrder.of("order-" + ++orders, TaskKind.SD, json, TaskHash.of(json), chain.creator())
                .withFee(FEE)
                .withResult(1, 1_000_000, 1_000_000)
                .withIdempotencyKey(keyed ? prompt : null);
        return new Submission(order, prompt, keyed, waitFor, HOUR, cancelOnTimeout, maxAttempts, BigDecimal.ZERO, null);
    }

    CompletableFuture<TaskResult> submit(String prompt) {
        return submit(message(prompt, WaitFor.RESULT, false, 1));
    }

    CompletableFuture<TaskResult> submit(Submission submission) {
        CompletableFuture<TaskResult> result = engine.submit(submission, started);
        time.settle();
        return result;
    }

    /** Somebody waits for a task that is under way here. */
    CompletableFuture<TaskResult> attend(BigInteger taskId) {
        CompletableFuture<TaskResult> result = new KnownTasks(engine)
                .resume(
                        taskId.toString(),
                        () -> CompletableFuture.failedFuture(new IllegalStateException("not under way here")),
                        WaitFor.RESULT,
                        HOUR);
        time.settle();
        return result;
    }

    /** The newest payment. */
    Payment payment() {
        return chain.sent().get(chain.sent().size() - 1);
    }

    /** The newest task. */
    BigInteger task() {
        return chain.tasks().get(chain.tasks().size() - 1);
    }

    TaskRecord record() {
        return (TaskRecord) journal.records().get(journal.records().size() - 1);
    }

    void create() {
        chain.mine(chain.create(payment()));
        time.settle();
    }

    void mine(int blocks) {
        chain.mine(blocks);
        time.settle();
    }

    void reorganise(int blocks) {
        chain.reorganise(blocks);
        time.settle();
    }

    void succeed() {
        chain.mine(ScriptedChain.succeed(task()));
        time.settle();
    }

    void abort() {
        chain.mine(ScriptedChain.abort(task()));
        time.settle();
    }

    void refuseUpload() {
        chain.endUploads(new RelayException("The Relay refused"));
        time.settle();
    }

    /** The result that the nodes have agreed on is delivered. */
    void deliver() {
        chain.uploadResult(task());
        time.settle();
    }

    /** What it failed with. */
    static Throwable failure(CompletableFuture<?> future) {
        try {
            future.getNow(null);
        } catch (CompletionException e) {
            return Futures.cause(e);
        }
        throw new AssertionError("It has not failed: " + future);
    }
}

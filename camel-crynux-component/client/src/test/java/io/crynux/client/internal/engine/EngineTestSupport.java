// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.async.Loop;
import io.crynux.client.internal.engine.RunTransitions.Transition;
import io.crynux.client.internal.json.TaskHash;
import io.crynux.client.internal.protocol.Protocol;
import io.crynux.client.journal.InMemoryTaskJournal;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.ScriptedNetwork;
import io.crynux.testing.ScriptedProtocol;
import io.crynux.testing.VirtualTime;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/** An engine on a scripted network, in virtual time. */
abstract class EngineTestSupport {
    static final BigInteger FEE = BigInteger.TEN.pow(18);

    VirtualTime time = VirtualTime.inOrder();
    ScriptedNetwork network = new ScriptedNetwork();
    TaskJournal journal = new InMemoryTaskJournal();
    ClientObserver observer = ClientObserver.NONE;
    /** What stands before the network's protocol. */
    UnaryOperator<Protocol> protocols = protocol -> protocol;
    /** Every change of state that a task has made. */
    final Set<Transition> transitions = new LinkedHashSet<>();

    ScriptedProtocol protocol;
    TaskEngine engine;
    private CompletableFuture<Void> started;
    private int orders;

    EngineSettings settings(Limits limits, BudgetSettings budget) {
        EngineSettings unset = EngineSettings.DEFAULT;
        return new EngineSettings(
                unset.finality(), unset.payments(), unset.downloadDelay(), unset.retention(), limits, budget);
    }

    /** Another process begins, on the same network and with the same journal. */
    void start() {
        start(EngineSettings.DEFAULT);
    }

    void start(EngineSettings settings) {
        begin(settings);
        started = engine.start();
        time.settle();
        started.join();
    }

    /** The engine is there, and not connected. */
    void begin(EngineSettings settings) {
        protocol = network.protocol();
        engine = new TaskEngine(
                protocols.apply(protocol),
                journal,
                settings,
                time.clock(),
                new Loop(time.executor(), time.scheduler(), time::nanoTime),
                time.executor(),
                time.scheduler(),
                observer);
        engine.onTransition = transitions::add;
    }

    /** @return completes when the engine is connected; after a failure it may be called again */
    CompletableFuture<Void> connect() {
        started = engine.start();
        time.settle();
        return started;
    }

    /** The process ends in good order. */
    void stop() {
        CompletableFuture<Void> closed = engine.close().toCompletableFuture();
        time.settle();
        closed.join();
        engine.abandon();
    }

    TaskOrder order(String key) {
        return order(key, "" + (orders + 1));
    }

    /** @param key the submitter's own, or null */
    TaskOrder order(String key, String prompt) {
        String json = "{\"prompt\":\"" + prompt + "\"}";
        orders++;
        return TaskOrder.of(
                        key == null ? "order-" + orders : key + "-" + orders,
                        TaskKind.SD,
                        json,
                        TaskHash.of(json),
                        "scripted")
                .withFee(FEE)
                .withResult(1, 1_000_000, 1_000_000)
                .withIdempotencyKey(key);
    }

    Submission submission(TaskOrder order, WaitFor waitFor, Duration timeout, int maxAttempts) {
        String key = order.idempotencyKey() == null ? order.key() : order.idempotencyKey();
        return new Submission(
                order,
                key,
                order.idempotencyKey() != null,
                waitFor,
                timeout,
                false,
                maxAttempts,
                BigDecimal.ZERO,
                null);
    }

    /** Somebody waits an hour for a result. */
    CompletableFuture<TaskResult> submit() {
        return submit(submission(order(null), WaitFor.RESULT, Duration.ofHours(1), 1));
    }

    CompletableFuture<TaskResult> submit(Submission submission) {
        CompletableFuture<TaskResult> result = engine.submit(submission, started);
        time.settle();
        return result;
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

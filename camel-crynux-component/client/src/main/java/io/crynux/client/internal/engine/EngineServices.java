// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.async.Loop;
import io.crynux.client.internal.protocol.ProtocolContext;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** What the engine gives the protocol for its work beside the attempts. */
final class EngineServices implements ProtocolContext {
    private final TaskEngine engine;

    EngineServices(TaskEngine engine) {
        this.engine = engine;
    }

    @Override
    public Loop loop() {
        return engine.loop;
    }

    @Override
    public boolean isStopping() {
        return engine.isStopping();
    }

    @Override
    public void checkBudget(String key, BigInteger mostWei) {
        engine.budget.check(key, mostWei);
    }

    @Override
    public CompletionStage<Void> commit(LaneRecord changed) {
        return Futures.start(() -> {
            engine.budget.reserve(changed.key(), changed.spending().mostWei());
            return engine.write(changed);
        });
    }

    @Override
    public void settle(JournalRecord record, BigInteger spentWei) {
        engine.budget.settle(record, spentWei);
    }

    @Override
    public boolean countsSpending() {
        return engine.budget.isLimited();
    }

    @Override
    public boolean countsCosts() {
        return engine.budget.isLimited() || engine.observer.wantsCosts();
    }

    @Override
    public void onCost(TaskKind kind, BigInteger feeWei, BigInteger gasWei) {
        engine.observer.onCost(kind, feeWei, gasWei);
    }

    @Override
    public CompletionStage<Void> write(LaneRecord record) {
        return engine.write(record);
    }

    @Override
    public Instant now() {
        return engine.now();
    }

    @Override
    public void tell(Runnable completion) {
        engine.tell(completion);
    }
}

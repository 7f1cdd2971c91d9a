// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.observe.ClientObserver;
import io.crynux.client.observe.ClientObserver.TaskPhase;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps from the client what an observer throws, which is logged: who only watches must not hurt what is watched. */
final class SteadyObserver implements ClientObserver {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyObserver.class);

    private final ClientObserver observer;
    /** One that throws will throw again, at every request: only the first is worth an error. */
    private final AtomicBoolean told = new AtomicBoolean();

    SteadyObserver(ClientObserver observer) {
        this.observer = observer;
    }

    @Override
    public void onPhase(TaskKind kind, TaskPhase phase, Duration time) {
        tell(() -> observer.onPhase(kind, phase, time));
    }

    @Override
    public void onEnd(TaskKind kind, TaskState state) {
        tell(() -> observer.onEnd(kind, state));
    }

    @Override
    public boolean wantsCosts() {
        try {
            return observer.wantsCosts();
        } catch (Throwable e) {
            onFailure(e);
            return false;
        }
    }

    @Override
    public void onCost(TaskKind kind, BigInteger feeWei, BigInteger gasWei) {
        tell(() -> observer.onCost(kind, feeWei, gasWei));
    }

    @Override
    public void onCall(Target target, CallOutcome outcome) {
        tell(() -> observer.onCall(target, outcome));
    }

    private void tell(Runnable news) {
        try {
            news.run();
        } catch (Throwable e) {
            onFailure(e);
        }
    }

    private void onFailure(Throwable error) {
        if (told.compareAndSet(false, true)) {
            LOG.error(
                    "The observer {} failed, and what it counts is wrong from now on; further failures are logged at DEBUG",
                    observer.getClass().getName(),
                    error);
        } else {
            LOG.debug("The observer {} failed", observer.getClass().getName(), error);
        }
    }
}

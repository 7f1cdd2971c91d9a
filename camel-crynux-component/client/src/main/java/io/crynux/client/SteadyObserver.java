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

/** Logs what an observer throws, so that it does not affect the client. */
final class SteadyObserver implements ClientObserver {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyObserver.class);

    private final ClientObserver observer;
    /** An observer that throws once usually throws at every request: only the first failure is logged as an error. */
    private final AtomicBoolean reported = new AtomicBoolean();

    SteadyObserver(ClientObserver observer) {
        this.observer = observer;
    }

    @Override
    public void onPhase(TaskKind kind, TaskPhase phase, Duration time) {
        notify(() -> observer.onPhase(kind, phase, time));
    }

    @Override
    public void onEnd(TaskKind kind, TaskState state) {
        notify(() -> observer.onEnd(kind, state));
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
        notify(() -> observer.onCost(kind, feeWei, gasWei));
    }

    @Override
    public void onCall(Target target, CallOutcome outcome) {
        notify(() -> observer.onCall(target, outcome));
    }

    private void notify(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            onFailure(e);
        }
    }

    private void onFailure(Throwable error) {
        if (reported.compareAndSet(false, true)) {
            LOG.error(
                    "The observer {} failed, so its metrics are incomplete; further failures are logged at DEBUG",
                    observer.getClass().getName(),
                    error);
        } else {
            LOG.debug("The observer {} failed", observer.getClass().getName(), error);
        }
    }
}

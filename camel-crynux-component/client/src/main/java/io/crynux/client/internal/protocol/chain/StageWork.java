// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.task.TaskState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a task's stage makes the client do: keep the payment alive, upload the parameters, wait for the result; and what it reports
 * to the engine. Used on the loop only.
 */
final class StageWork {
    private static final Logger LOG = LoggerFactory.getLogger(StageWork.class);
    /** States of a task whose success is not reported, or whose reorganisation reverts that. */
    private static final Set<TaskState> BESIDE_UPLOADED =
            EnumSet.of(TaskState.CREATED, TaskState.SUCCEEDED, TaskState.DOWNLOADED);

    private final ChainProtocol protocol;
    private final ChainAttempt attempt;
    private final AttemptContext context;
    private final TaskPayment payment;
    private final ParameterUpload upload;
    private final Consumer<Throwable> onUploaded;
    /** Reports the result as ready although no event has said so. */
    private ScheduledFuture<?> resultTimer;

    /** @param onUploaded is given the error of an upload, or null */
    StageWork(ChainProtocol protocol, ChainAttempt attempt, TaskPayment payment, Consumer<Throwable> onUploaded) {
        this.protocol = protocol;
        this.attempt = attempt;
        this.context = attempt.context();
        this.payment = payment;
        this.upload = new ParameterUpload(protocol, attempt.steps(), () -> protocol.tasks.watchHeads(attempt));
        this.onUploaded = onUploaded;
    }

    private ChainRecord record() {
        return attempt.record();
    }

    /** A reorganisation has reverted its payment's block. */
    void uncreated() {
        upload.stop();
        cancelResultTimer();
        context.pause();
        if (record().state().isEnd()) {
            context.note(record().lost());
        } else {
            context.progress(record().sent());
        }
    }

    /** Its payment is in no block, and may have got lost. */
    void sent() {
        if (record().state() == TaskState.SIGNED) {
            context.progress(record().sent());
        }
        // A payment that got lost blocks the wallet's later ones, so it is sent again even when the task has ended.
        payment.sendAgain();
    }

    /** Its payment was refused, and is in no block. */
    void refused() {
        payment.refused();
    }

    /** The parameters of a paid task are uploaded also when nobody waits: without them no node could ever work on it. */
    void created() {
        if (record().state() == TaskState.CREATED || record().state() == TaskState.TIMED_OUT) {
            upload.begin(record(), onUploaded);
        }
    }

    void uploaded() {
        upload.stop();
        cancelResultTimer();
        if (BESIDE_UPLOADED.contains(record().state())) {
            context.progress(record().in(TaskState.UPLOADED));
        }
    }

    /** @param delay how long an event is awaited that says that the result is there */
    void succeeded(NetworkEvent.Succeeded success, Duration delay) {
        upload.stop();
        if (record().state() == TaskState.TIMED_OUT) {
            LOG.info("{} succeeded after its submission had timed out", ChainFailures.name(record()));
            leave();
        } else if (!record().state().isEnd()) {
            context.progress(record().succeeded(success.resultNode(), success.resultHash()));
            if (record().state() == TaskState.SUCCEEDED) {
                cancelResultTimer();
                resultTimer = attempt.steps().schedule(delay, this::resultsReady);
            }
        }
    }

    /** The network has done its work: only a reorganisation can change anything. */
    void leave() {
        protocol.tasks.watchHeads(attempt);
        context.left();
    }

    void resultsReady() {
        cancelResultTimer();
        context.resultsReady();
    }

    /** A block that is not final says that it has failed. */
    void failed() {
        upload.stop();
        cancelResultTimer();
        context.pause();
        payment.pause();
        protocol.tasks.watchHeads(attempt);
    }

    void cancelResultTimer() {
        if (resultTimer != null) {
            resultTimer.cancel(false);
        }
    }

    /** Nothing more is begun; a payment that has left stays watched. */
    void stop() {
        payment.stopTrying();
        upload.stop();
        cancelResultTimer();
    }
}

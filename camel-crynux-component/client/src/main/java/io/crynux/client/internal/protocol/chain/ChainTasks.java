// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.journal.TaskRecord;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What is under way on the chain, found by payment and task id, and told what happens there. Used on the loop only. */
final class ChainTasks {
    private final Set<ChainAttempt> attempts = new HashSet<>();
    /** Those of them that are told of the newest blocks. */
    private final Set<ChainAttempt> watching = new HashSet<>();

    private final Map<String, ChainAttempt> byPayment = new HashMap<>();
    private final Map<BigInteger, ChainAttempt> byTaskId = new HashMap<>();
    /** Cancellations that are not over. */
    private final Set<CancelRun> cancels = new HashSet<>();
    /** What keeps all that happens, for tasks that are being adopted. */
    private final Set<EventRecording> recordings = new HashSet<>();

    void remember(ChainAttempt attempt) {
        attempts.add(attempt);
    }

    void forget(ChainAttempt attempt) {
        TaskRecord record = attempt.record();
        attempts.remove(attempt);
        watching.remove(attempt);
        record.payments().forEach(payment -> byPayment.remove(payment.transactionHash(), attempt));
        if (record.taskId() != null) {
            byTaskId.remove(record.taskId(), attempt);
        }
    }

    /** The attempt is told of the chain's newest blocks from now on. */
    void watchHeads(ChainAttempt attempt) {
        watching.add(attempt);
    }

    /** The same for the attempt at that task, where there is one. */
    void awaitFinality(BigInteger taskId) {
        ChainAttempt attempt = byTaskId.get(taskId);
        if (attempt != null) {
            watching.add(attempt);
        }
    }

    /** From now on the attempt hears what becomes of it, and no other one whose payment was of the same bytes and refused. */
    void rememberPayment(String transactionHash, ChainAttempt attempt) {
        ChainAttempt before = byPayment.put(transactionHash, attempt);
        if (before != null && before != attempt && before.record().isRefused()) {
            before.onTakenOver();
        }
    }

    /** Whether a payment of another task is in a block with that nonce. */
    boolean isUsedByOther(BigInteger nonce, ChainAttempt attempt) {
        return attempts.stream().anyMatch(other -> other != attempt && other.hasUsed(nonce));
    }

    void rememberTask(BigInteger taskId, ChainAttempt attempt) {
        byTaskId.put(taskId, attempt);
    }

    void forgetTask(BigInteger taskId) {
        byTaskId.remove(taskId);
    }

    /** The attempt at the task that has that id by the blocks that were read, or null. */
    ChainAttempt attempt(BigInteger taskId) {
        return byTaskId.get(taskId);
    }

    void remember(CancelRun cancel) {
        cancels.add(cancel);
    }

    void forget(CancelRun cancel) {
        cancels.remove(cancel);
    }

    /** The cancellation of that task that is under way, or null. */
    CancelRun cancelOf(BigInteger taskId) {
        return cancels.stream()
                .filter(cancel -> cancel.taskId().equals(taskId))
                .findFirst()
                .orElse(null);
    }

    /** The cancellations that are not over. */
    List<CancelRun> cancels() {
        return List.copyOf(cancels);
    }

    void remember(EventRecording recording) {
        recordings.add(recording);
    }

    void forget(EventRecording recording) {
        recordings.remove(recording);
    }

    /** Something happened on the chain. */
    void hear(NetworkEvent event) {
        recordings.forEach(recording -> recording.hear(event));
        List.copyOf(cancels).forEach(cancel -> cancel.steps().run(() -> cancel.hear(event)));
        if (event instanceof NetworkEvent.Created created) {
            withPayment(created.transactionHash(), attempt -> attempt.onCreated(created));
        } else if (event instanceof NetworkEvent.Reverted reverted) {
            withPayment(reverted.transactionHash(), attempt -> attempt.onReverted(reverted));
        } else if (event instanceof NetworkEvent.Superseded superseded) {
            withPayment(superseded.transactionHash(), attempt -> attempt.onSuperseded(superseded));
        } else if (event instanceof NetworkEvent.Started started) {
            withTask(started.taskId(), attempt -> attempt.onStarted(started));
        } else if (event instanceof NetworkEvent.Succeeded succeeded) {
            withTask(succeeded.taskId(), attempt -> attempt.onSucceeded(succeeded));
        } else if (event instanceof NetworkEvent.ResultsUploaded uploaded) {
            withTask(uploaded.taskId(), ChainAttempt::onResultsUploaded);
        } else if (event instanceof NetworkEvent.Aborted aborted) {
            withTask(aborted.taskId(), attempt -> attempt.onAborted(aborted));
        } else if (event instanceof NetworkEvent.Removed removed) {
            List.copyOf(attempts)
                    .forEach(attempt -> attempt.steps().run(() -> attempt.onRemoved(removed.blockHashes())));
        }
    }

    private void withPayment(String transactionHash, Consumer<ChainAttempt> step) {
        with(byPayment.get(transactionHash), step);
    }

    private void withTask(BigInteger taskId, Consumer<ChainAttempt> step) {
        with(byTaskId.get(taskId), step);
    }

    private static void with(ChainAttempt attempt, Consumer<ChainAttempt> step) {
        if (attempt != null) {
            attempt.steps().run(() -> step.accept(attempt));
        }
    }

    /** Whether {@link #onHead} is of use to anybody. */
    boolean awaitHeads() {
        return !watching.isEmpty() || !cancels.isEmpty();
    }

    /** The events of all blocks up to the newest have been reported, or more blocks have become final. */
    void onHead() {
        List.copyOf(watching).forEach(attempt -> attempt.steps().run(attempt::onHead));
        List.copyOf(cancels).forEach(cancel -> cancel.steps().run(cancel::onHead));
    }
}

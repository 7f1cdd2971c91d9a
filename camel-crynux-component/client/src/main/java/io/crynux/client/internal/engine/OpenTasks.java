// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.journal.TaskRecord;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What is under way, found by key, payment and task id, and informed of what happens on the network. Used on the engine's loop only. */
final class OpenTasks {
    private final Map<String, TaskJob> jobs = new HashMap<>();
    private final Set<TaskRun> runs = new HashSet<>();
    /** Those of the runs that receive the newest blocks. */
    private final Set<TaskRun> watching = new HashSet<>();

    private final Map<String, TaskRun> byPayment = new HashMap<>();
    private final Map<BigInteger, TaskRun> byTaskId = new HashMap<>();
    /** Transactions that pay for no task, and whose nonce is not used for good. */
    private final Set<LaneTransaction> transactions = new HashSet<>();
    /** Tasks that are being taken up from the chain. */
    private final Map<BigInteger, TaskAdoption> adoptions = new HashMap<>();
    /** Tasks that somebody waits for, until they are final; read by anybody. */
    private final Set<BigInteger> awaited = ConcurrentHashMap.newKeySet();

    /** The job of that key, or null. */
    TaskJob job(String key) {
        return jobs.get(key);
    }

    /** Everybody who submits the request of that job from now on joins it. */
    void remember(TaskJob job) {
        jobs.put(job.submission().key(), job);
    }

    void forget(TaskJob job) {
        jobs.remove(job.submission().key(), job);
    }

    void remember(TaskRun run) {
        runs.add(run);
    }

    void forget(TaskRun run) {
        TaskRecord record = run.record();
        runs.remove(run);
        watching.remove(run);
        record.payments().forEach(payment -> byPayment.remove(payment.transactionHash(), run));
        if (record.taskId() != null && byTaskId.remove(record.taskId(), run)) {
            awaited.remove(record.taskId());
        }
    }

    /** The run of the task that was ordered under that key. */
    Optional<TaskRun> runOf(String orderKey) {
        return runs.stream()
                .filter(run -> run.record().order().key().equals(orderKey))
                .findFirst();
    }

    /** The run receives the chain's newest blocks from now on. */
    void watchHeads(TaskRun run) {
        watching.add(run);
    }

    /** From now on the run hears what becomes of it, and no other one whose payment was of the same bytes and refused. */
    void rememberPayment(String transactionHash, TaskRun run) {
        TaskRun before = byPayment.put(transactionHash, run);
        if (before != null && before != run && before.record().isRefused()) {
            before.onTakenOver();
        }
    }

    /** Whether another transaction of this client is in a block with that nonce. */
    boolean isUsedByOther(BigInteger nonce, TaskRun run) {
        return runs.stream().anyMatch(other -> other != run && other.hasUsed(nonce))
                || transactions.stream().anyMatch(other -> other.hasUsed(nonce));
    }

    /** The task that is paid by that transaction, or null. */
    TaskRun run(String transactionHash) {
        return byPayment.get(transactionHash);
    }

    void rememberTask(BigInteger taskId, TaskRun run) {
        byTaskId.put(taskId, run);
        if (run.job().isAwaited()) {
            awaited.add(taskId);
        }
    }

    void forgetTask(BigInteger taskId) {
        byTaskId.remove(taskId);
        awaited.remove(taskId);
    }

    /** The task that this process follows under that id, or null. */
    TaskRun run(BigInteger taskId) {
        return byTaskId.get(taskId);
    }

    /** Somebody waits for it from now on. */
    void onAwaited(TaskRecord record) {
        if (record.taskId() != null && byTaskId.containsKey(record.taskId())) {
            awaited.add(record.taskId());
        }
    }

    /** Whether somebody waits, or has waited, for the outcome of a task that is not final yet; called on any thread. */
    boolean isAwaited(BigInteger taskId) {
        return awaited.contains(taskId);
    }

    void remember(LaneTransaction transaction) {
        transactions.add(transaction);
    }

    void forget(LaneTransaction transaction) {
        transactions.remove(transaction);
    }

    /** From now on that one hears what becomes of its bytes, and no other one that had the same and was refused. */
    void takeOverRefused(LaneTransaction signed) {
        List.copyOf(transactions).stream()
                .filter(before -> before != signed
                        && !before.isUnderWay()
                        && before.hash().equals(signed.hash()))
                .forEach(LaneTransaction::onTakenOver);
    }

    /** The cancellation of that task that is under way, or null. */
    CancelRun cancelOf(BigInteger taskId) {
        return transactions.stream()
                .filter(CancelRun.class::isInstance)
                .map(CancelRun.class::cast)
                .filter(cancel -> cancel.taskId().equals(taskId) && cancel.isUnderWay())
                .findFirst()
                .orElse(null);
    }

    /** Whether a transaction is about to be signed that fills a gap of nonces. */
    boolean isGapBeingFilled() {
        return transactions.stream()
                .anyMatch(transaction -> transaction instanceof GapFiller && !transaction.isSigned());
    }

    void remember(BigInteger taskId, TaskAdoption adoption) {
        adoptions.put(taskId, adoption);
    }

    void forget(BigInteger taskId, TaskAdoption adoption) {
        adoptions.remove(taskId, adoption);
    }

    /** How that task is being taken up, or null. */
    TaskAdoption adoptionOf(BigInteger taskId) {
        return adoptions.get(taskId);
    }

    /** Something happened on the network. */
    void hear(NetworkEvent event) {
        adoptions.values().forEach(adoption -> adoption.hear(event));
        List.copyOf(transactions).forEach(transaction -> transaction.steps().run(() -> transaction.hear(event)));
        if (event instanceof NetworkEvent.Created created) {
            withPayment(created.transactionHash(), run -> run.onCreated(created));
        } else if (event instanceof NetworkEvent.Reverted reverted) {
            withPayment(reverted.transactionHash(), run -> run.onReverted(reverted));
        } else if (event instanceof NetworkEvent.Superseded superseded) {
            withPayment(superseded.transactionHash(), run -> run.onSuperseded(superseded));
        } else if (event instanceof NetworkEvent.Started started) {
            withTask(started.taskId(), run -> run.onStarted(started));
        } else if (event instanceof NetworkEvent.Succeeded succeeded) {
            withTask(succeeded.taskId(), run -> run.onSucceeded(succeeded));
        } else if (event instanceof NetworkEvent.ResultsUploaded uploaded) {
            withTask(uploaded.taskId(), run -> run.onResultsUploaded());
        } else if (event instanceof NetworkEvent.Aborted aborted) {
            withTask(aborted.taskId(), run -> run.onAborted(aborted));
        } else if (event instanceof NetworkEvent.Removed removed) {
            List.copyOf(runs).forEach(run -> run.steps().run(() -> run.onRemoved(removed.blockHashes())));
        }
    }

    private void withPayment(String transactionHash, Consumer<TaskRun> step) {
        TaskRun run = byPayment.get(transactionHash);
        if (run != null) {
            run.steps().run(() -> step.accept(run));
        }
    }

    private void withTask(BigInteger taskId, Consumer<TaskRun> step) {
        TaskRun run = byTaskId.get(taskId);
        if (run != null) {
            run.steps().run(() -> step.accept(run));
        }
    }

    /** Whether {@link #onHead} is of use to anybody. */
    boolean awaitHeads() {
        return !watching.isEmpty() || !transactions.isEmpty();
    }

    /** The events of all blocks up to the newest have been told, or more blocks have become final. */
    void onHead() {
        List.copyOf(watching).forEach(run -> run.steps().run(run::onHead));
        List.copyOf(transactions).forEach(transaction -> transaction.steps().run(transaction::onHead));
    }

    /** Ends everything here; what was paid goes on in the network. */
    void shutdown() {
        List.copyOf(jobs.values()).forEach(job -> job.steps().run(job::shutdown));
        List.copyOf(runs).forEach(run -> run.steps().run(run::shutdown));
        List.copyOf(transactions).forEach(transaction -> transaction.steps().run(transaction::shutdown));
        List.copyOf(adoptions.values()).forEach(TaskAdoption::shutdown);
    }
}

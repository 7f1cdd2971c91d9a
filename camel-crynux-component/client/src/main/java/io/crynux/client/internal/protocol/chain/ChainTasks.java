// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is under way on the chain, by payment and task id; passes on what happens there. Used on the loop only. */
final class ChainTasks {
    private final Set<ChainAttempt> attempts = new HashSet<>();
    /** Those of them that receive the newest blocks. */
    private final Set<ChainAttempt> watching = new HashSet<>();

    private final Map<String, ChainAttempt> byPayment = new HashMap<>();
    private final Map<BigInteger, ChainAttempt> byTaskId = new HashMap<>();
    /** Transactions that pay for no task, and whose nonce is not used for good. */
    private final Set<LaneTransaction> transactions = new HashSet<>();
    /** What keeps all that happens, for tasks that are being adopted. */
    private final Set<EventRecording> recordings = new HashSet<>();

    void remember(ChainAttempt attempt) {
        attempts.add(attempt);
    }

    void forget(ChainAttempt attempt) {
        ChainRecord record = attempt.record();
        attempts.remove(attempt);
        watching.remove(attempt);
        record.payments().forEach(payment -> byPayment.remove(payment.transactionHash(), attempt));
        if (record.taskId() != null) {
            byTaskId.remove(record.taskId(), attempt);
        }
    }

    /** The attempt receives the chain's newest blocks from now on. */
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

    /** The attempt receives what becomes of the payment, in place of one whose payment of the same bytes was refused. */
    void rememberPayment(String transactionHash, ChainAttempt attempt) {
        ChainAttempt before = byPayment.put(transactionHash, attempt);
        if (before != null && before != attempt && before.record().isRefused()) {
            before.onTakenOver();
        }
    }

    /** Whether another transaction of this client is in a block with that nonce. */
    boolean isUsedByOther(BigInteger nonce, ChainAttempt attempt) {
        return attempts.stream().anyMatch(other -> other != attempt && other.hasUsed(nonce))
                || transactions.stream().anyMatch(other -> other.hasUsed(nonce));
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

    void remember(LaneTransaction transaction) {
        transactions.add(transaction);
    }

    void forget(LaneTransaction transaction) {
        transactions.remove(transaction);
    }

    /** That one receives what becomes of its bytes, in place of one that had the same bytes and was refused. */
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

    /** The attempt at the task that was ordered under that key. */
    Optional<ChainAttempt> attemptOf(String orderKey) {
        return attempts.stream()
                .filter(attempt -> attempt.record().order().key().equals(orderKey))
                .findFirst();
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
        List.copyOf(transactions).forEach(transaction -> transaction.steps().run(() -> transaction.hear(event)));
        if (event instanceof NetworkEvent.Created created) {
            tell(byPayment.get(created.transactionHash()), event);
        } else if (event instanceof NetworkEvent.Reverted reverted) {
            tell(byPayment.get(reverted.transactionHash()), event);
        } else if (event instanceof NetworkEvent.Superseded superseded) {
            tell(byPayment.get(superseded.transactionHash()), event);
        } else if (event instanceof NetworkEvent.Started started) {
            tell(byTaskId.get(started.taskId()), event);
        } else if (event instanceof NetworkEvent.Succeeded succeeded) {
            tell(byTaskId.get(succeeded.taskId()), event);
        } else if (event instanceof NetworkEvent.ResultsUploaded uploaded) {
            tell(byTaskId.get(uploaded.taskId()), event);
        } else if (event instanceof NetworkEvent.Aborted aborted) {
            tell(byTaskId.get(aborted.taskId()), event);
        } else if (event instanceof NetworkEvent.Removed) {
            List.copyOf(attempts).forEach(attempt -> tell(attempt, event));
        }
    }

    private static void tell(ChainAttempt attempt, NetworkEvent event) {
        if (attempt != null) {
            attempt.steps().run(() -> attempt.hear(event));
        }
    }

    /** Whether {@link #onHead} is of use to anybody. */
    boolean awaitHeads() {
        return !watching.isEmpty() || !transactions.isEmpty();
    }

    /** The events of all blocks up to the newest have been reported, or more blocks have become final. */
    void onHead() {
        List.copyOf(watching).forEach(attempt -> attempt.steps().run(attempt::onHead));
        List.copyOf(transactions).forEach(transaction -> transaction.steps().run(transaction::onHead));
    }

    /** The client stops; what was sent stays in the journal. */
    void shutdown() {
        List.copyOf(transactions).forEach(transaction -> transaction.steps().run(transaction::shutdown));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.RelayException;
import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.error.TransactionTimeoutException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;

/** What became of tasks on the chain, as their submitters are told. */
final class ChainFailures {

    private static final String HANGS =
            "the client's threads hang, in a signer, a journal or an observer that does not return";

    private static final int HASH_CHARACTERS = 10;

    private ChainFailures() {}

    /** "sd task 7", or "sd task 0x12ab..." by its hash while it has no id. */
    static String name(ChainRecord record) {
        return record.order().kind().id() + " task "
                + (record.taskId() == null
                        ? record.order().taskHash().substring(0, HASH_CHARACTERS) + "..."
                        : record.taskId());
    }

    /** How a task ended, or null for one that ended well or not yet. */
    static CrynuxException ofEnd(ChainRecord record) {
        return switch (record.state()) {
            case ABORTED -> aborted(record, record.reason(), refundOf(record));
            case REVERTED -> reverted(record, record.reason());
            case REJECTED -> record.isRefused() ? new CrynuxException(record.reason()) : rejected(record);
            case TIMED_OUT -> timedOut(record, null, "");
            default -> null;
        };
    }

    private static BigInteger refundOf(ChainRecord record) {
        return record.isSettled() ? record.settlement().refundedWei() : null;
    }

    private static TransactionRevertedException rejected(ChainRecord record) {
        return record.payments().isEmpty()
                ? new TransactionRevertedException(
                        "The task was given up before it was paid: " + record.reason() + ". Nothing was spent",
                        facts(record),
                        null)
                : superseded(record);
    }

    /** @param refund what provably came back in wei, or null */
    static TaskAbortedException aborted(ChainRecord record, String reason, BigInteger refund) {
        TaskFacts facts = new TaskFacts(
                record.taskId(), record.transactionHash(), record.order().feeWei(), refund);
        String refunded =
                refund == null ? "the refund is not determinable" : TaskFacts.cnx(refund) + " of it was refunded";
        return new TaskAbortedException(
                "The network aborted " + facts.describe() + ": " + reason + ". The fee of " + fee(record)
                        + " was paid; " + refunded,
                facts,
                reason);
    }

    static TransactionRevertedException reverted(ChainRecord record, String reason) {
        TaskFacts facts = facts(record);
        return new TransactionRevertedException(
                "The contract reverted the payment of " + facts.describe() + ": "
                        + (reason == null ? "it gave no reason" : reason)
                        + ". The fee of " + fee(record) + " was not spent; the gas was",
                facts,
                reason);
    }

    static TransactionRevertedException superseded(ChainRecord record) {
        TaskFacts facts = facts(record);
        return new TransactionRevertedException(
                "The payment of " + facts.describe()
                        + " can no longer be mined, because another transaction of the wallet "
                        + record.order().creator() + " used its nonce. The fee of " + fee(record)
                        + " was not spent. Let no other application sign with this wallet",
                facts,
                null);
    }

    /** The wallet's own payment for another task, which the node had refused, was mined with its nonce. */
    static TransactionRevertedException supersededByOwn(ChainRecord record) {
        TaskFacts facts = facts(record);
        return new TransactionRevertedException(
                "The payment of " + facts.describe()
                        + " can no longer be mined, because an earlier payment of this client used its nonce, which the node"
                        + " had refused and took all the same. The fee of "
                        + fee(record) + " was not spent; the task can be submitted again",
                facts,
                null);
    }

    /**
     * What holds up a payment that is in no block, as a sentence with a blank before; empty where nothing is known.
     *
     * @param missing a nonce that no payment has and the chain expects, or null
     * @param nonce of the payment
     * @param objection what the node said when it was sent, or null
     */
    static String obstacle(BigInteger missing, BigInteger nonce, String objection) {
        String gap = missing == null || missing.compareTo(nonce) >= 0
                ? ""
                : " Nonce " + missing
                        + " of the wallet is missing: the chain expects it, no payment of this client has it, and"
                        + " this payment has nonce " + nonce
                        + ". The next payment takes the missing nonce, or a transfer of"
                        + " 0 CNX from the wallet to itself does after replaceAfter, as soon as the node counts no"
                        + " transaction with it.";
        return gap + (objection == null ? "" : " Sending it failed with: " + objection + ".");
    }

    /**
     * A step of the client threw what nobody expects.
     *
     * @param error what it threw
     */
    static CrynuxException broken(ChainRecord record, Throwable error) {
        TaskFacts facts = facts(record);
        String money = record.payments().isEmpty()
                ? "Nothing was spent"
                : record.taskId() == null
                        ? "Its payment may still be mined, and then costs " + fee(record)
                                + "; it stays watched. Do not pay for the task again before its nonce is used"
                        : "The fee of " + fee(record) + " was paid; the task goes on in the network";
        return new CrynuxException(
                "The client failed at " + facts.describe() + ", which was " + record.state() + ": " + error + ". "
                        + money
                        + ". This is a bug in the client, or in a signer, journal or observer that it was given: see the log",
                facts,
                error);
    }

    /** The deadline of a task passed, and nobody can look what became of it. */
    static CrynuxException missed(ChainRecord lastKnown) {
        return lastKnown.payments().isEmpty()
                ? new TransactionTimeoutException(
                        "The deadline passed, and it is not known whether the task was paid: " + HANGS
                                + ". It may be paid, and then costs " + fee(lastKnown)
                                + "; do not pay for it again before the wallet's transactions show that it is not",
                        facts(lastKnown))
                : timedOut(lastKnown, null, "");
    }

    /** The client stopped, and nobody can look what became of the task. */
    static CrynuxShutdownException shutdownWhileHung(ChainRecord lastKnown) {
        return lastKnown.payments().isEmpty()
                ? new CrynuxShutdownException(
                        "The client stopped, and it is not known whether the task was paid: " + HANGS
                                + ". It may be paid, and then costs " + fee(lastKnown),
                        facts(lastKnown))
                : shutdown(lastKnown);
    }

    /**
     * @param trouble why it could not be paid so far, or null
     * @param obstacle see {@link #obstacle}
     */
    static CrynuxException timedOut(ChainRecord record, CrynuxException trouble, String obstacle) {
        TaskFacts facts = facts(record);
        if (record.payments().isEmpty()) {
            return new TaskTimeoutException(
                    "The deadline passed before " + facts.describe() + " was paid. Nothing was spent"
                            + (trouble == null ? "" : ". The last try: " + trouble.getMessage()),
                    facts);
        }
        if (record.taskId() == null) {
            return new TransactionTimeoutException(
                    "The payment of " + facts.describe()
                            + " was not confirmed before the deadline. It may still be"
                            + " mined, and then costs " + fee(record)
                            + "; do not pay for the task again before its nonce"
                            + " is used" + (obstacle.isEmpty() ? "" : "." + withoutDot(obstacle)),
                    facts);
        }
        if (record.state() == TaskState.SUCCEEDED) {
            return new TaskTimeoutException(
                    facts.describe() + " succeeded, but its result had not come when the deadline passed. The fee of "
                            + fee(record) + " was paid",
                    facts);
        }
        return new TaskTimeoutException(
                facts.describe() + " did not end before the deadline"
                        + (record.state() == TaskState.TIMED_OUT ? "" : "; it was " + record.state())
                        + ". The fee of "
                        + fee(record)
                        + " was paid. The task goes on in the network and may still succeed, or be"
                        + " cancelled once the contract allows it",
                facts);
    }

    private static String withoutDot(String sentences) {
        return sentences.substring(0, sentences.length() - 1);
    }

    /** @param obstacle see {@link #obstacle} */
    static TransactionTimeoutException overdue(ChainRecord record, PaymentSettings settings, String obstacle) {
        TaskFacts facts = facts(record);
        return new TransactionTimeoutException(
                "The payment of " + facts.describe() + " is not in a block after "
                        + settings.transactionTimeout().toSeconds()
                        + " s. It may still be mined, and then costs " + fee(record)
                        + "; the client keeps watching it and sends it again." + obstacle
                        + " Do not pay for the task again before its nonce is used",
                facts);
    }

    static RelayException uploadRefused(ChainRecord record, Throwable error) {
        TaskFacts facts = facts(record);
        return new RelayException(
                "The parameters of " + facts.describe() + " could not be uploaded: " + message(error) + ". The fee of "
                        + fee(record) + " was paid; the task can be cancelled once the contract allows it",
                facts,
                error);
    }

    static ResultUnavailableException resultUnavailable(ChainRecord record, Throwable error) {
        TaskFacts facts = facts(record);
        return new ResultUnavailableException(
                "The result of " + facts.describe() + " could not be downloaded: " + message(error) + ". The fee of "
                        + fee(record) + " was paid",
                facts,
                error);
    }

    static CrynuxShutdownException shutdown(ChainRecord record) {
        TaskFacts facts = facts(record);
        boolean maybePaid = !record.payments().isEmpty();
        return new CrynuxShutdownException(
                "The client stopped while " + facts.describe() + " was " + record.state()
                        + (maybePaid
                                ? ". Its payment of " + fee(record) + " may be mined; the task goes on in the network"
                                : ". Nothing was spent"),
                facts);
    }

    private static TaskFacts facts(ChainRecord record) {
        return new TaskFacts(
                record.taskId(), record.transactionHash(), record.order().feeWei(), null);
    }

    private static String fee(ChainRecord record) {
        return TaskFacts.cnx(record.order().feeWei());
    }

    private static String message(Throwable error) {
        Throwable cause = Futures.cause(error);
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}

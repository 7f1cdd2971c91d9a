// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.InsufficientFundsException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.api.Subject;
import io.crynux.client.internal.protocol.relay.life.Ending;
import io.crynux.client.journal.TaskRecord;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;

/** Failures of tasks at the Relay: what happened, to which task, what became of the money, and what to do. */
final class RelayFailures {
    private static final String NOT_CHARGED = ". Nothing was charged";

    private RelayFailures() {}

    /**
     * How a request ended that has no result.
     *
     * @param window how long the Relay waits for a validation
     */
    static CrynuxException of(TaskRecord record, RequestEnd end, Duration window) {
        TaskFacts facts =
                new TaskFacts(record.taskId(), null, end.chargedWei(), end.unknown() ? null : end.refundedWei());
        String task = facts.describe();
        String reason = reason(end);
        return switch (end.ending()) {
            case REFUSED ->
                new CrynuxException("The Relay refused to create the task: " + end.text() + NOT_CHARGED, facts, null);
            case NOT_CHARGED ->
                new CrynuxException(
                        "The Relay never acknowledged the creation of the task, and can no longer accept it"
                                + NOT_CHARGED,
                        facts,
                        null);
            case NOT_OURS ->
                new NetworkException(
                        "The Relay says that another address created the task: the signer signs with another key"
                                + " than that of its address. Check the signer" + NOT_CHARGED);
            case NOT_DETERMINABLE ->
                aborted(
                        "The Relay does not know " + task + " any more: it was purged, or the Relay was restored from a"
                                + " back-up. What became of the fee of "
                                + cnx(record.order().feeWei())
                                + " is not determinable; look at the Relay account's history",
                        facts,
                        reason);
            case CANCELLED ->
                aborted("The task was cancelled while it was queued (" + task + ")" + money(end), facts, reason);
            case PARAMETERS_REFUSED_BY_NODES ->
                aborted(
                        "A node reports that the parameters of " + task + " are invalid" + money(end)
                                + ". Check the parameters: another attempt would end in the same way",
                        facts,
                        reason);
            case INVALIDATED ->
                aborted(
                        "The results of the nodes that computed " + task + " differ, so there is no result"
                                + money(end),
                        facts,
                        reason);
            case VALIDATION_MISSED ->
                aborted(
                        "No process validated " + task + " within " + RelayReports.minutes(window)
                                + " after its node had reported" + money(end)
                                + ". Keep a process running while tasks are in progress",
                        facts,
                        reason);
            default -> aborted("The network aborted " + task + ": " + reason + money(end), facts, reason);
        };
    }

    private static TaskAbortedException aborted(String message, TaskFacts facts, String reason) {
        return new TaskAbortedException(message, facts, reason);
    }

    /** In words, such as "timeout". */
    static String reason(RequestEnd end) {
        Ending ending = end.ending();
        String word = ending == Ending.ABORTED || ending == Ending.CANCELLED
                ? end.reason().name()
                : ending.name();
        return word.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String money(RequestEnd end) {
        if (end.unknown()) {
            return ". What became of the fee is not determinable";
        }
        if (end.chargedWei().signum() == 0) {
            return NOT_CHARGED;
        }
        BigInteger spent = end.spentWei();
        return spent.signum() == 0
                ? ". " + cnx(end.chargedWei()) + " were charged and refunded"
                : ". " + cnx(end.chargedWei()) + " were charged and " + cnx(end.refundedWei()) + " of it refunded: "
                        + cnx(spent) + " are spent";
    }

    /** The creation was refused, for good. */
    static CrynuxException refused(Refusal refusal) {
        String said = "The Relay refused to create the task (" + refusal.text() + ")";
        Subject subject = subject(refusal);
        return switch (subject) {
            case PARAMETERS, FEE, TASK_VERSION, EXECUTION_TIMEOUT, CHECKPOINT, BODY_SIZE ->
                new InvalidTaskException(said + NOT_CHARGED);
            case WHITELIST ->
                new NetworkException("The Relay admits only addresses on its list, and the wallet's is not there ("
                        + refusal.text() + "). Use another Relay or wallet" + NOT_CHARGED);
            default -> new CrynuxException(said + NOT_CHARGED);
        };
    }

    private static Subject subject(Refusal refusal) {
        if (refusal instanceof Refusal.Permanent permanent) {
            return permanent.subject();
        }
        return refusal instanceof Refusal.Stranger stranger ? stranger.subject() : Subject.REQUEST;
    }

    /** The Relay says that the money is not enough although the account has enough: it has recovered another address. */
    static CrynuxException wrongKey(String address) {
        return new NetworkException("The Relay answers as to a stranger although the Relay account of " + address
                + " has enough CNX: the signature is not by the key of that address. Check the signer" + NOT_CHARGED);
    }

    /** @param balance in wei; null if it is not known */
    static CrynuxException poor(String address, BigInteger fee, BigInteger balance, BigInteger needed) {
        return new InsufficientFundsException("The Relay account of " + address + " has "
                + (balance == null ? "too little" : cnx(balance)) + ", and a task with a fee of " + cnx(fee) + " needs "
                + cnx(needed)
                + ", because one in a hundred is computed by three nodes. Deposit CNX to the Relay account, see the network's"
                + " Portal" + NOT_CHARGED);
    }

    private static String cnx(BigInteger wei) {
        return TaskFacts.cnx(wei);
    }
}

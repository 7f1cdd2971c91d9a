// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import io.crynux.client.internal.protocol.relay.task.AbortReason;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What became of a request and its money, as far as it is known.
 *
 * @param ending of the request as a whole: a first task that ended without a result is no failure as long as another can have one
 * @param member that has the result, or else the one that the ending is about; -1 if there is none
 * @param reason the abort reason of that member, or NONE
 * @param money over all members
 */
public record Outcome(Ending ending, int member, AbortReason reason, Money money) {

    /** The outcome of a request. */
    public static Outcome of(Life life, Terms terms) {
        List<Member> active = life.members().stream().filter(Member::isActive).toList();
        Money money = Money.of(active, terms.feeWei());
        int success = index(life, member -> member.isEnded() && member.status().isSuccess());
        if (success >= 0) {
            return new Outcome(Ending.SUCCEEDED, success, AbortReason.NONE, money);
        }
        if (active.isEmpty()) {
            return new Outcome(life.cancelWanted() ? Ending.CANCELLED : Ending.OPEN, -1, AbortReason.NONE, money);
        }
        if (!active.stream().allMatch(Member::isOver)) {
            return new Outcome(Ending.OPEN, -1, AbortReason.NONE, money);
        }
        return failed(life, money);
    }

    /** Whether everything is known: nothing can change any more, neither the ending nor the money. */
    public boolean isSettled() {
        return ending != Ending.OPEN && !money.open();
    }

    /** Whether another attempt can help, and costs nothing in addition: only after an end that was refunded or not charged. */
    public boolean mayTryAgain() {
        return ending == Ending.ABORTED || ending == Ending.NOT_CHARGED;
    }

    private static Outcome failed(Life life, Money money) {
        int missed = index(life, Member::isExpired);
        if (missed >= 0) {
            return outcome(life, Ending.VALIDATION_MISSED, missed, money);
        }
        int invalid = index(
                life,
                member -> member.isEnded()
                        && Charge.of(member) == Charge.PAID
                        && !member.status().isSuccess());
        if (invalid >= 0) {
            return outcome(life, Ending.INVALIDATED, invalid, money);
        }
        int unknown = index(life, member -> Charge.of(member) == Charge.UNKNOWN);
        if (unknown >= 0) {
            return outcome(life, Ending.NOT_DETERMINABLE, unknown, money);
        }
        int aborted = index(life, Member::isAborted);
        return outcome(life, ofFirst(life), Math.max(Life.FIRST, aborted), money);
    }

    private static Ending ofFirst(Life life) {
        Member first = life.first();
        return switch (first.loss()) {
            case REFUSED -> Ending.REFUSED;
            case NOT_CHARGED -> Ending.NOT_CHARGED;
            case NOT_OURS -> Ending.NOT_OURS;
            default -> ofAborted(life, first);
        };
    }

    private static Ending ofAborted(Life life, Member first) {
        if (life.members().stream().anyMatch(Member::erred)) {
            return Ending.PARAMETERS_REFUSED_BY_NODES;
        }
        boolean byUser = life.cancelRequested() && first.abortReason() == AbortReason.CREATOR_CANCELLED;
        return byUser ? Ending.CANCELLED : Ending.ABORTED;
    }

    private static Outcome outcome(Life life, Ending ending, int member, Money money) {
        return new Outcome(ending, member, life.member(member).abortReason(), money);
    }

    private static int index(Life life, Predicate<Member> predicate) {
        return IntStream.range(0, life.members().size())
                .filter(index -> predicate.test(life.member(index)))
                .findFirst()
                .orElse(-1);
    }
}

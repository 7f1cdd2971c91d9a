// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.internal.protocol.relay.life.Choice;
import io.crynux.client.internal.protocol.relay.life.Ending;
import io.crynux.client.internal.protocol.relay.life.Life;
import io.crynux.client.internal.protocol.relay.life.Member;
import io.crynux.client.internal.protocol.relay.life.Outcome;
import io.crynux.client.internal.protocol.relay.life.Terms;
import io.crynux.client.internal.protocol.relay.task.AbortReason;
import java.math.BigInteger;

/**
 * How a request ended, as results and messages need it after everything else of it is forgotten.
 *
 * @param reason the Relay's, of the task that the ending is about
 * @param text the Relay's refusal of the creation; empty if there is none
 * @param chargedWei sum of the fees that were charged
 * @param refundedWei what of it came back
 * @param unknown whether the Relay does not tell what became of a fee
 * @param sampled whether two more nodes computed the task
 * @param commitment of the task that has the result; null without a result
 * @param node that computed the result; null if it is not known
 * @param score of the result; null if it is not known
 */
record RequestEnd(
        Ending ending,
        AbortReason reason,
        String text,
        BigInteger chargedWei,
        BigInteger refundedWei,
        boolean unknown,
        boolean sampled,
        String commitment,
        String node,
        String score) {

    static RequestEnd of(Life life, Terms terms) {
        Outcome outcome = Outcome.of(life, terms);
        return of(life, outcome, outcome.ending(), life.member(Math.max(outcome.member(), 0)));
    }

    /** A task has a result, although that may only have been heard of. */
    static RequestEnd succeeded(Life life, Terms terms, int member) {
        return of(life, Outcome.of(life, terms), Ending.SUCCEEDED, life.member(member));
    }

    private static RequestEnd of(Life life, Outcome outcome, Ending ending, Member about) {
        boolean succeeded = ending == Ending.SUCCEEDED;
        return new RequestEnd(
                ending,
                outcome.reason(),
                about.text(),
                outcome.money().chargedWei(),
                outcome.money().refundedWei(),
                outcome.money().unknown(),
                life.sampled() == Choice.YES,
                succeeded ? about.commitment() : null,
                about.node().isEmpty() ? null : about.node(),
                about.score().isEmpty() ? null : about.score());
    }

    /** What left the account for good, or is still out. */
    BigInteger spentWei() {
        return chargedWei.subtract(refundedWei);
    }
}

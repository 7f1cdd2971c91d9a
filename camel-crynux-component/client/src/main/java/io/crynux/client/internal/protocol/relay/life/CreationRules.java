// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import java.time.Instant;

/**
 * When a member is created, first or again. A creation that was never acknowledged is repeated over the same fields, and only
 * within ten minutes of its first sending. Later it is settled: not found after its last signature has expired, and not in the
 * ledger, is not charged.
 */
final class CreationRules {
    private final Life life;
    private final Plan.Draft plan;

    CreationRules(Life life, Plan.Draft plan) {
        this.life = life;
        this.plan = plan;
    }

    /** @param wanted whether the member is still needed; what was sent is settled anyway */
    void apply(int index, boolean wanted) {
        Member member = life.member(index);
        boolean mayCharge = wanted && !(index == Life.FIRST && life.cancelWanted());
        if (member.create().is(Call.State.IDLE)) {
            if (mayCharge && (member.loss() == Loss.NONE || member.isActive())) {
                plan.addAt(member.create().nextTry(), new Action.Create(index));
            }
        } else if (member.create().is(Call.State.LOST) && member.loss() == Loss.NONE) {
            settle(index, member, mayCharge);
        }
    }

    private void settle(int index, Member member, boolean mayCharge) {
        if (member.lookedAt() == null) {
            plan.addAt(member.notBefore(), new Action.Look(index));
            return;
        }
        Instant end = member.create().firstAt().plus(Rules.REPEAT_CREATE);
        if (mayCharge && !member.noRepeat() && plan.now().isBefore(end)) {
            plan.addAt(member.create().nextTry(), new Action.Create(index));
            return;
        }
        if (plan.contains(new Action.Create(index))) {
            return;
        }
        Instant expired = member.create().lastAt().plus(Rules.SIGNATURE_LIFE);
        if (member.lookedAt().isBefore(expired)) {
            plan.addAt(expired, new Action.Look(index));
        } else {
            plan.addAt(member.notBefore(), new Action.AskLedger(index));
        }
    }
}

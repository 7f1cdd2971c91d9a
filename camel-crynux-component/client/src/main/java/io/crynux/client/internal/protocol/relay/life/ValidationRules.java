// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import java.time.Instant;
import java.util.List;

/**
 * When members are validated. A validation is repeated with 1, 2, 4 and at most 10 s in between until reading the task shows another
 * state or the deadline is over; only answers that can never become right end it earlier. After a lost answer, reading decides.
 */
final class ValidationRules {
    private final Life life;
    private final Terms terms;
    private final Plan.Draft plan;

    ValidationRules(Life life, Terms terms, Plan.Draft plan) {
        this.life = life;
        this.terms = terms;
        this.plan = plan;
    }

    /** Validates a member alone if it is ready and its own seed does not select it. */
    void alone(int index) {
        Member member = life.member(index);
        if (!member.isReady()) {
            return;
        }
        if ((index == Life.FIRST && life.sampled() == Choice.NO) || member.selected() == Choice.NO) {
            send(member.alone(), terms.deadline(member), new Action.Validate(List.of(index), index));
        } else if (member.selected() == Choice.UNKNOWN) {
            plan.add(new Action.Decide(index));
        }
    }

    /** Validates the first three, of which at least one is ready, with the proof of the first, which was created first. */
    void group() {
        send(life.group(), groupDeadline(), new Action.Validate(List.of(0, 1, 2), Life.FIRST));
    }

    /** Validates the first with the two that rescue it. */
    void rescue() {
        send(
                life.rescue(),
                terms.deadline(life.first()),
                new Action.Validate(List.of(Life.FIRST, Life.RESCUERS.get(0), Life.RESCUERS.get(1)), Life.FIRST));
    }

    /** The earliest deadline of the members that are ready; null as long as none is known. */
    Instant groupDeadline() {
        return life.trio().stream()
                .filter(Member::isReady)
                .map(terms::deadline)
                .filter(deadline -> deadline != null)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private void send(Call call, Instant deadline, Action.Validate action) {
        boolean open = deadline == null || plan.now().isBefore(deadline.plus(Rules.AFTER_DEADLINE));
        if (call.is(Call.State.IDLE) && open) {
            plan.addAt(call.nextTry(), action);
        }
    }
}

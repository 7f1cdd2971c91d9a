// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import io.crynux.client.task.TaskKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The rules of a sampled request: three equal tasks are validated together, before the earliest of their deadlines. What cannot be
 * completed in time is saved member by member. Nothing is ever cancelled to escape sampling.
 */
final class GroupRules {
    private static final List<Integer> SIBLINGS = List.of(1, 2);

    private final Life life;
    private final Terms terms;
    private final Plan.Draft plan;
    private final CreationRules creations;
    private final ValidationRules validations;

    GroupRules(Life life, Terms terms, Plan.Draft plan, CreationRules creations, ValidationRules validations) {
        this.life = life;
        this.terms = terms;
        this.plan = plan;
        this.creations = creations;
        this.validations = validations;
    }

    void apply() {
        if (isPossible()) {
            together();
            createSiblings();
        } else {
            saveAlone();
        }
        cancelIncomplete();
        rescuersLeftOver();
    }

    /** Siblings are validated alone if their own seeds allow it; the fee of the first comes back only after an error report. */
    private void saveAlone() {
        SIBLINGS.forEach(validations::alone);
        rescue();
    }

    /** Whether the three can still be validated together. */
    private boolean isPossible() {
        boolean lost = life.trio().stream().anyMatch(member -> member.isExpired() || isLost(member));
        boolean savedAlone = life.trio().stream()
                .anyMatch(member -> member.alone().is(Call.State.SENT)
                        || member.alone().is(Call.State.LOST)
                        || member.alone().is(Call.State.DONE));
        boolean incomplete = life.first().isOver() && SIBLINGS.stream().anyMatch(index -> !isCreatedOrOpen(index));
        boolean givenUp = life.rescue().wasSent() || life.group().is(Call.State.REFUSED);
        return !lost && !savedAlone && !incomplete && !givenUp;
    }

    private boolean isCreatedOrOpen(int index) {
        Call create = life.member(index).create();
        return create.is(Call.State.DONE) || create.is(Call.State.SENT) || create.is(Call.State.LOST);
    }

    /** A sibling that was refused for money or whitelist may still be created, until shortly before the deadline. */
    private boolean isLost(Member member) {
        return member.loss() != Loss.NONE && !(isBlocked(member) && !isLastCall(life.first()));
    }

    private static boolean isBlocked(Member member) {
        return member.loss() == Loss.REFUSED && member.create().is(Call.State.IDLE);
    }

    private boolean isLastCall(Member member) {
        Instant deadline = member.isReady() ? terms.deadline(member) : null;
        if (deadline == null) {
            return false;
        }
        plan.waitUntil(deadline.minus(terms.lastCall()));
        return !plan.now().isBefore(deadline.minus(terms.lastCall()));
    }

    private void createSiblings() {
        boolean cancelling = life.first().isQueued() && (life.cancelRequested() || isSiblingRefused());
        if (life.first().isOver() || cancelling) {
            return;
        }
        if (terms.kind() == TaskKind.GPT && life.gpu() == null) {
            // Results of texts are equal on equal GPUs only, so the first must have started.
            if (!life.first().node().isEmpty()) {
                plan.addAt(
                        life.first().notBefore(),
                        new Action.ReadNode(life.first().node()));
            }
            return;
        }
        SIBLINGS.forEach(index -> creations.apply(index, true));
    }

    /** The first cannot be validated without siblings, and its fee can be had back only while it is queued. */
    private void cancelIncomplete() {
        if (isSiblingRefused() && life.first().isQueued()) {
            cancelQueued();
        }
    }

    private boolean isSiblingRefused() {
        return SIBLINGS.stream().anyMatch(index -> life.member(index).loss() == Loss.REFUSED);
    }

    private void cancelQueued() {
        IntStream.range(0, Life.GROUP).forEach(index -> Planner.cancel(life, plan, index));
    }

    /** Waits for the three, not too long for those that are queued, and validates them. */
    private void together() {
        boolean complete = life.trio().stream().allMatch(Member::isCreated);
        boolean pending = life.trio().stream().anyMatch(member -> !member.isReady() && !member.isOver());
        if (complete && !pending) {
            if (count(Member::isError) == Life.GROUP) {
                // The Relay of today refuses these as a group, each time, and shows two fees too much then.
                saveAlone();
            } else if (count(Member::isReady) > 0) {
                validations.group();
            }
            return;
        }
        if (isHopeless() || isCutOff()) {
            cancelQueued();
        }
        saveBeforeDeadlines();
    }

    /** Whether a queued member cannot change what the group comes to: fewer than two equal results, and all fees back. */
    private boolean isHopeless() {
        long errors = count(Member::isError);
        boolean scored = count(Member::isReady) > errors;
        return (errors > 0 && !scored) || count(Member::isAborted) == 2;
    }

    /** Half of the window, or earlier if the rest is little for the first member's execution time. */
    private boolean isCutOff() {
        Instant deadline = validations.groupDeadline();
        if (deadline == null) {
            return false;
        }
        Instant half = deadline.minus(terms.window().dividedBy(2));
        Instant reserve = deadline.minus(executionTime().multipliedBy(2)).minus(Rules.GROUP_RESERVE);
        Instant cutOff = half.isBefore(reserve) ? half : reserve;
        plan.waitUntil(cutOff);
        return !plan.now().isBefore(cutOff);
    }

    /** Of the first member; of another one that is ready if the first is not. */
    private Duration executionTime() {
        Optional<Member> ready = life.trio().stream()
                .filter(member -> member.isReady() && member.startTime() != null && member.readyTime() != null)
                .min(Comparator.comparingInt(member -> life.trio().indexOf(member)));
        return ready.map(member -> Duration.between(member.startTime(), member.readyTime()))
                .orElse(Duration.ZERO);
    }

    /** If a member still runs shortly before the deadline of others, those that can be validated alone are. */
    private void saveBeforeDeadlines() {
        SIBLINGS.stream().filter(index -> isLastCall(life.member(index))).forEach(validations::alone);
        if (life.first().isError() && isLastCall(life.first())) {
            rescue();
        }
    }

    /**
     * Has the fee of the first back if its node reported an error: two fresh siblings are created, cancelled while they are queued,
     * and validated with it. Never against a score, whose node would lose its pay.
     */
    private void rescue() {
        if (!life.first().isError() || life.rescue().is(Call.State.REFUSED)) {
            return;
        }
        Life.RESCUERS.forEach(index -> creations.apply(index, true));
        boolean settled = Life.RESCUERS.stream()
                .map(life::member)
                .allMatch(member -> member.isCreated() && (member.isEnded() || member.isReady()));
        if (settled) {
            validations.rescue();
        }
    }

    /** One that a node took, although no node should: it is charged, and validated alone once the first is over. */
    private void rescuersLeftOver() {
        if (life.first().isOver()) {
            Life.RESCUERS.forEach(validations::alone);
        }
    }

    private long count(Predicate<Member> predicate) {
        return life.trio().stream().filter(predicate).count();
    }
}

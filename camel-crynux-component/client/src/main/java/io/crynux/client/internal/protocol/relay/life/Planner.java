// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import io.crynux.client.internal.protocol.relay.task.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides what to do next for a request (design: the rules of protocol=relay). Pure: the same knowledge and time give the same
 * plan, so a process that reads the journal of another one continues where that stopped. Sampled requests have rules of their own,
 * {@link GroupRules}.
 */
public final class Planner {
    private final Life life;
    private final Terms terms;
    private final Plan.Draft plan;

    private Planner(Life life, Terms terms, Plan.Draft plan) {
        this.life = life;
        this.terms = terms;
        this.plan = plan;
    }

    /**
     * The plan for a request.
     *
     * @param now by the Relay's clock
     */
    public static Plan plan(Life life, Terms terms, Instant now) {
        Plan.Draft draft = new Plan.Draft(now);
        new Planner(life, terms, draft).make();
        return draft.build();
    }

    private void make() {
        CreationRules creations = new CreationRules(life, plan);
        ValidationRules validations = new ValidationRules(life, terms, plan);
        if (life.first().isCreated()
                && life.first().selected() == Choice.UNKNOWN
                && !life.first().isOver()) {
            plan.add(new Action.Decide(Life.FIRST));
        }
        if (life.sampled() == Choice.YES) {
            new GroupRules(life, terms, plan, creations, validations).apply();
        } else if (life.sampled() == Choice.NO) {
            IntStream.range(0, Life.GROUP).forEach(validations::alone);
        }
        cancelQueued();
        download();
        creations.apply(Life.FIRST, true);
        // Others that were sent are settled, even if they are not wanted any more.
        IntStream.range(1, life.members().size()).forEach(index -> creations.apply(index, false));
        IntStream.range(0, life.members().size()).forEach(this::look);
    }

    private void cancelQueued() {
        if (life.cancelRequested()) {
            IntStream.range(0, life.members().size()).forEach(index -> cancel(life, plan, index));
        }
        // These exist only to be cancelled.
        Life.RESCUERS.forEach(index -> cancel(life, plan, index));
    }

    /** Cancels a member if it is queued. After a lost answer, reading it decides. */
    static void cancel(Life life, Plan.Draft plan, int index) {
        Member member = life.member(index);
        if (member.isQueued() && member.cancel().is(Call.State.IDLE)) {
            plan.addAt(member.cancel().nextTry(), new Action.Cancel(index));
        }
    }

    private void download() {
        if (life.downloadedFrom() < 0) {
            IntStream.range(0, life.members().size())
                    .filter(index -> life.member(index).isCreated()
                            && life.member(index).loss() == Loss.NONE
                            && life.member(index).state().isSuccess())
                    .findFirst()
                    .ifPresent(index -> plan.addAt(life.member(index).downloadAt(), new Action.Download(index)));
        }
    }

    private void look(int index) {
        Member member = life.member(index);
        if (!member.isCreated() || member.isOver() || isCovered(index)) {
            return;
        }
        Instant due = dueLook(member);
        Instant notBefore = member.notBefore();
        plan.addAt(
                due == null || (notBefore != null && notBefore.isAfter(due)) ? notBefore : due, new Action.Look(index));
    }

    /** Whether an action that the Relay checks itself finds out how the member is. */
    private boolean isCovered(int index) {
        return plan.contains(new Action.Download(index))
                || plan.contains(new Action.Validate(List.of(index), index))
                || life.member(index).alone().is(Call.State.SENT)
                || life.member(index).cancel().is(Call.State.SENT);
    }

    /** When to look at a member; null for at once. */
    private Instant dueLook(Member member) {
        if (member.lookedAt() == null || mustBeRead(member)) {
            return null;
        }
        if (member.missingSince() != null) {
            return member.lookedAt().plus(Rules.LONGEST_BACKOFF);
        }
        if (member.state() == TaskStatus.QUEUED) {
            return member.lookedAt().plus(terms.queuedLookInterval());
        }
        Instant regular = member.lookedAt().plus(terms.lookInterval());
        Instant deadline = member.isReady() ? terms.deadline(member) : null;
        if (deadline == null) {
            return regular;
        }
        if (plan.now().isBefore(deadline)) {
            return regular.isBefore(deadline) ? regular : deadline;
        }
        return member.lookedAt().plus(Rules.LONGEST_BACKOFF);
    }

    /** Whether what was heard has to be read before anything can be done. */
    private boolean mustBeRead(Member member) {
        if (member.heard() == null) {
            return false;
        }
        boolean endsWithoutResult = member.heard().isEnd() && !member.heard().isSuccess();
        boolean alreadyHave = member.heard().isSuccess() && life.downloadedFrom() >= 0;
        boolean needsTimes = member.heard().isReady() && life.sampled() == Choice.YES;
        return endsWithoutResult || alreadyHave || needsTimes;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.task.AbortReason;
import io.crynux.client.internal.protocol.relay.task.RelayTask;
import io.crynux.client.internal.protocol.relay.task.TaskStatus;
import java.time.Instant;

/** What creations and their answers change. A creation is idempotent by its commitment; only its acknowledgement proves it. */
public final class Creations {

    private Creations() {}

    static Life sent(Life life, int index, Instant signedAt) {
        return life.with(index, member -> {
            member.create = member.create.sent(signedAt);
            member.loss = Loss.NONE;
            member.lookedAt = null;
        });
    }

    /** A creation was answered. */
    public static Life answered(Life life, int index, Answer<RelayTask> answer, Instant now) {
        if (answer.value().isPresent()) {
            // What was heard since it was sent may be newer than its answer.
            Instant sentAt = life.member(index).create().lastAt();
            return found(life, index, answer.value().get(), sentAt, now);
        }
        Refusal refusal = answer.refusal().orElseThrow();
        boolean clear = refusal instanceof Refusal.Permanent || refusal instanceof Refusal.Stranger;
        if (!clear) {
            return lost(life, index, refusal);
        }
        // A refusal of a repeat proves nothing about the first, unless that was refused, too.
        boolean proves = life.member(index).create().tries() == 1 || isRefusedAgain(life.member(index));
        return proves
                ? refused(life, index, refusal)
                : life.with(index, member -> {
                    member.create = member.create.as(Call.State.LOST);
                    member.noRepeat = index == Life.FIRST || refusal instanceof Refusal.Permanent;
                    member.text = refusal.text();
                });
    }

    /** Whether each earlier creation was refused: what was lost once stays in doubt until the task is found. */
    private static boolean isRefusedAgain(Member member) {
        return !member.text().isEmpty() && !member.noRepeat() && !member.duplicateKey();
    }

    private static Life refused(Life life, int index, Refusal refusal) {
        // Money and whitelist can change while a sampled task still needs its siblings.
        boolean mayChange = refusal instanceof Refusal.Stranger && index != Life.FIRST;
        return life.with(index, member -> {
            member.create = member.create.as(mayChange ? Call.State.IDLE : Call.State.REFUSED);
            member.loss = Loss.REFUSED;
            member.text = refusal.text();
        });
    }

    private static Life lost(Life life, int index, Refusal refusal) {
        return life.with(index, member -> {
            member.create = member.create.as(Call.State.LOST);
            member.duplicateKey = refusal instanceof Refusal.AlreadyThere there && there.duplicateKey();
            member.text = "";
        });
    }

    /** The task is there, by the answer of its creation or by reading it. */
    static Life found(Life life, int index, RelayTask task, Instant sentAt, Instant now) {
        if (!task.creator().equals(life.creator())) {
            return life.with(index, member -> member.loss = Loss.NOT_OURS);
        }
        TaskStatus status = task.status().meaning();
        Life seen = life.with(index, member -> {
            member.create = member.create.as(Call.State.DONE);
            member.loss = Loss.NONE;
            member.text = "";
            member.missingSince = null;
            member.notBefore = null;
            member.seed = task.samplingSeed();
            member.status = status;
            member.abortReason = task.abortReason().meaning();
            member.erred |= status == TaskStatus.ERROR_REPORTED || task.error() != 0;
            member.startTime = task.startTime();
            member.readyTime = task.readyTime();
            member.node = task.selectedNode().isEmpty() ? member.node : task.selectedNode();
            member.score = task.score().isEmpty() ? member.score : task.score();
            // What was heard or sent after the question was asked is not in its answer.
            boolean older = (member.heardAt != null && !member.heardAt.isBefore(sentAt))
                    || isAfter(member.cancel, sentAt)
                    || isAfter(member.alone, sentAt);
            member.lookedAt = older ? null : now;
            member.heard = null;
            member.heardAt = null;
            member.cancel = settled(member.cancel, status == TaskStatus.QUEUED, sentAt);
            member.alone = settled(member.alone, status.isReady(), sentAt);
        });
        return settledGroups(seen, index, status, sentAt);
    }

    private static boolean isAfter(Call call, Instant time) {
        return call.wasSent() && call.lastAt().isAfter(time);
    }

    /** A call whose effect is not there was not done, even if it was acknowledged and the Relay was restored since. */
    private static Call settled(Call call, boolean undone, Instant sentAt) {
        boolean open = call.is(Call.State.LOST) || call.is(Call.State.DONE);
        if (!open || isAfter(call, sentAt)) {
            return call;
        }
        return call.as(undone ? Call.State.IDLE : Call.State.DONE);
    }

    /** A group is validated as a whole: one member that is still ready, or not any more, tells of all. */
    private static Life settledGroups(Life life, int index, TaskStatus status, Instant sentAt) {
        Life settled = life;
        boolean tells = status.isReady() || status.isValidated() || status.isEnd();
        if (index < Life.GROUP && tells && !isCancelledEnd(life.member(index))) {
            settled = settled.withGroup(settled(settled.group(), status.isReady(), sentAt));
        }
        if (index == Life.FIRST && tells) {
            settled = settled.withRescue(settled(settled.rescue(), status.isReady(), sentAt));
        }
        return settled;
    }

    /** Ended before the validation, not by it. */
    private static boolean isCancelledEnd(Member member) {
        return member.isAborted()
                && (member.abortReason() == AbortReason.CREATOR_CANCELLED
                        || member.abortReason() == AbortReason.TIMEOUT
                        || member.abortReason() == AbortReason.NODE_SLASHED);
    }

    /**
     * A task of this request that the journal does not know was read, as after the loss of the journal: it counts as created.
     *
     * @param now by the Relay's clock
     */
    public static Life adopted(Life life, int index, RelayTask task, Instant now) {
        Instant created = task.createTime() == null ? now : task.createTime();
        return found(life.with(index, member -> member.create = member.create.sent(created)), index, task, now, now);
    }

    /** A member whose creation is not acknowledged was read in vain. */
    static Life notFound(Life life, int index, Refusal refusal, Instant now) {
        if (refusal instanceof Refusal.Stranger) {
            // Somebody else has the commitment.
            return life.with(index, member -> member.loss = Loss.NOT_OURS);
        }
        if (!(refusal instanceof Refusal.NotFound)) {
            return life.with(index, member -> member.notBefore = now.plus(Changes.pause(refusal)));
        }
        return life.with(index, member -> {
            member.lookedAt = now;
            member.loss = member.duplicateKey ? Loss.PURGED : member.loss;
        });
    }

    /**
     * The ledger was asked about a creation that was never acknowledged.
     *
     * @param answer what it says
     */
    public static Life ledgerAnswered(Life life, int index, LedgerAnswer answer, Instant now) {
        return life.with(index, member -> {
            switch (answer) {
                case NOTHING -> member.loss = Loss.NOT_CHARGED;
                case PAID -> member.loss = Loss.PURGED;
                case UNREADABLE -> member.loss = Loss.UNKNOWN;
                case NOT_YET -> member.notBefore = now.plus(Rules.LONGEST_BACKOFF);
            }
        });
    }
}

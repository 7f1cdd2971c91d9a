// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.NodeInfo;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.task.AbortReason;
import io.crynux.client.internal.protocol.relay.task.RelayEvent;
import io.crynux.client.internal.protocol.relay.task.RelayTask;
import io.crynux.client.internal.protocol.relay.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What actions and their answers change in what is known of a request. Pure functions; times are by the Relay's clock. Creations
 * have a class of their own, {@link Creations}.
 */
public final class Changes {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private Changes() {}

    /** An action is about to be sent. Only creations, cancellations and validations change something; these are journaled first. */
    public static Life sent(Life life, Action action, Instant now) {
        if (action instanceof Action.Create create) {
            return Creations.sent(life, create.member(), now);
        }
        if (action instanceof Action.Cancel cancel) {
            return life.with(cancel.member(), member -> member.cancel = member.cancel.sent(now));
        }
        if (action instanceof Action.Validate validate) {
            return withCall(life, validate, call(life, validate).sent(now));
        }
        return life;
    }

    /**
     * An action that was about to be sent could not be signed: nothing was sent. It is planned again, at once if it was the first
     * time, so its driver waits before it tries again.
     */
    public static Life notSent(Life life, Action action) {
        if (action instanceof Action.Create create) {
            return life.with(create.member(), member -> member.create = member.create.unsent());
        }
        if (action instanceof Action.Cancel cancel) {
            return life.with(cancel.member(), member -> member.cancel = member.cancel.unsent());
        }
        if (action instanceof Action.Validate validate) {
            return withCall(life, validate, call(life, validate).unsent());
        }
        return life;
    }

    /** A member was read. */
    public static Life looked(Life life, int index, Answer<RelayTask> answer, Instant sentAt, Instant now) {
        Member member = life.member(index);
        if (answer.value().isPresent()) {
            return Creations.found(life, index, answer.value().get(), sentAt, now);
        }
        Refusal refusal = answer.refusal().orElseThrow();
        if (!member.isCreated()) {
            return Creations.notFound(life, index, refusal, now);
        }
        if (refusal instanceof Refusal.NotFound) {
            return life.with(index, draft -> {
                draft.lookedAt = now;
                draft.missingSince = member.missingSince() == null ? now : member.missingSince();
                // One answer may come from a copy of the database that is behind.
                boolean gone = !now.isBefore(draft.missingSince.plus(Rules.MISSING));
                draft.loss = gone ? Loss.VANISHED : Loss.NONE;
            });
        }
        return life.with(index, draft -> draft.notBefore = now.plus(pause(refusal)));
    }

    static Duration pause(Refusal refusal) {
        boolean longer =
                refusal instanceof Refusal.Unavailable away && away.retryAfter().compareTo(PAUSE) > 0;
        return longer ? min(((Refusal.Unavailable) refusal).retryAfter(), Rules.MISSING) : PAUSE;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** The wallet's VRF has decided about a member's seed. */
    public static Life decided(Life life, int index, boolean selected) {
        return life.with(index, member -> member.selected = Choice.of(selected));
    }

    /** The node of a sampled text task's first member was read; without its GPU it is asked for again later. */
    public static Life nodeRead(Life life, Answer<NodeInfo> answer, Instant now) {
        Optional<NodeInfo> node =
                answer.value().filter(known -> !known.gpuName().isEmpty());
        return node.isPresent()
                ? life.withGpu(
                        new Gpu(node.get().gpuName(), node.get().gpuVram().longValueExact()))
                : life.with(Life.FIRST, first -> first.notBefore = now.plus(PAUSE));
    }

    /** A cancellation was answered: it is done, or else reading the task decides. */
    public static Life cancelAnswered(Life life, int index, Answer<Void> answer) {
        return life.with(index, member -> {
            if (answer.isDone()) {
                member.cancel = member.cancel.as(Call.State.DONE);
                member.status = TaskStatus.END_ABORTED;
                member.abortReason = AbortReason.CREATOR_CANCELLED;
                member.heard = null;
            } else {
                member.cancel = member.cancel.as(Call.State.LOST);
                member.lookedAt = null;
            }
        });
    }

    /** A validation was answered. */
    public static Life validateAnswered(Life life, Action.Validate action, Answer<Void> answer, Instant now) {
        if (answer.isDone()) {
            return validated(withCall(life, action, call(life, action).as(Call.State.DONE)), action, now);
        }
        Refusal refusal = answer.refusal().orElseThrow();
        Call call = call(life, action);
        if (refusal instanceof Refusal.Sampled sampled) {
            return disputed(withCall(life, action, call.as(Call.State.IDLE)), action, sampled.selected());
        }
        boolean hopeless = refusal instanceof Refusal.Permanent
                || refusal instanceof Refusal.Stranger
                || refusal instanceof Refusal.GroupExpired;
        Life answered = withCall(life, action, call.as(hopeless ? Call.State.REFUSED : Call.State.LOST));
        return due(answered, action.members());
    }

    /** A task validated alone is known to wait for its upload; what becomes of errors and groups has to be read. */
    private static Life validated(Life life, Action.Validate action, Instant now) {
        int index = action.proofOf();
        if (action.members().size() > 1 || life.member(index).isError()) {
            return due(life, action.members());
        }
        return life.with(index, member -> {
            member.status = TaskStatus.VALIDATED;
            // Its upload may have been quicker than this answer.
            boolean hasEnded = member.heard != null && member.heard.isEnd();
            member.heard = hasEnded ? member.heard : null;
            member.lookedAt = now;
        });
    }

    private static Life disputed(Life life, Action.Validate action, boolean selected) {
        return action.proofOf() == Life.FIRST
                ? life.withRelaySays(Choice.of(selected))
                : life.with(action.proofOf(), member -> member.selected = Choice.of(selected));
    }

    private static Life due(Life life, List<Integer> members) {
        Life due = life;
        for (int index : members) {
            due = due.with(index, member -> {
                member.lookedAt = null;
                member.notBefore = null;
            });
        }
        return due;
    }

    static Call call(Life life, Action.Validate action) {
        if (action.members().size() == 1) {
            return life.member(action.proofOf()).alone();
        }
        return isRescue(action) ? life.rescue() : life.group();
    }

    private static Life withCall(Life life, Action.Validate action, Call call) {
        if (action.members().size() == 1) {
            return life.with(action.proofOf(), member -> member.alone = call);
        }
        return isRescue(action) ? life.withRescue(call) : life.withGroup(call);
    }

    private static boolean isRescue(Action.Validate action) {
        return action.members().containsAll(Life.RESCUERS);
    }

    /**
     * An event was read. It never is a fact by itself: the next action of the request finds out, a call that the Relay checks, or a
     * look.
     */
    public static Life heard(Life life, RelayEvent event, Instant now) {
        OptionalInt index = life.indexOf(event.commitment());
        if (index.isEmpty()
                || event.type().status() == TaskStatus.UNKNOWN
                || life.member(index.getAsInt()).isOver()
                || !life.member(index.getAsInt()).isActive()) {
            return life;
        }
        return life.with(index.getAsInt(), member -> {
            member.heard = event.type().status();
            member.heardAt = now;
            member.erred |= event.type().status() == TaskStatus.ERROR_REPORTED;
            member.node = event.node().isEmpty() ? member.node : event.node();
            member.score = event.score().isEmpty() ? member.score : event.score();
            if (member.create.is(Call.State.LOST)) {
                member.lookedAt = null;
            }
        });
    }

    /** All open members are to be read again, as after a restart of this process or of the Relay. */
    public static Life doubted(Life life) {
        return due(life, List.of(0, 1, 2, 3, 4));
    }

    /** The result of a member is downloaded, which proves that it succeeded. */
    public static Life downloaded(Life life, int index) {
        Life proven = life.with(index, member -> {
            member.status = member.heard != null && member.heard.isSuccess() ? member.heard : member.status;
            member.heard = null;
        });
        return proven.withDownload(index);
    }

    /** The download of a member failed: it is read, and downloaded again later if it has a result. */
    public static Life notDownloaded(Life life, int index, Instant now) {
        return life.with(index, member -> {
            member.heard = null;
            member.lookedAt = null;
            member.downloadAt = now.plus(PAUSE);
        });
    }

    /** The user cancels: queued members are cancelled, and no first charge is begun. What runs is validated. */
    public static Life cancelled(Life life) {
        return life.withCancel(true);
    }

    /** Nobody waits any more: no first charge is begun. What is charged is finished. */
    public static Life givenUp(Life life) {
        return life.withCancel(false);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import io.crynux.client.internal.protocol.relay.task.AbortReason;
import io.crynux.client.internal.protocol.relay.task.TaskStatus;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * One task of a request: the first, a sibling, or one that rescues error reports.
 *
 * @param commitment its id in the API
 * @param create its creation
 * @param duplicateKey whether the Relay's database answered a creation that the commitment exists
 * @param noRepeat whether a repeated creation was refused, so that it is not repeated any more
 * @param seed sampling seed; null until known
 * @param selected whether that seed selects it
 * @param status as last seen; null until created
 * @param abortReason of END_ABORTED
 * @param erred whether its node reported an error
 * @param heard state by an event after the last look; null if there is none. Not journaled
 * @param heardAt when that event was read; null if there is none
 * @param startTime null until known, as the other times
 * @param node address of its node; empty until known
 * @param score of its result; empty until known
 * @param lookedAt when it was last read; null if a look is due. Not journaled
 * @param notBefore earliest time of the next look or question to the ledger; null for none. Not journaled
 * @param downloadAt earliest time of the next download; null for none. Not journaled
 * @param missingSince since when the Relay does not find it although it was created; null if it does
 * @param cancel cancellation
 * @param alone validation alone
 * @param loss why it ended outside the Relay's states
 * @param text the Relay's last refusal of the creation; empty if there is none
 */
public record Member(
        String commitment,
        Call create,
        boolean duplicateKey,
        boolean noRepeat,
        String seed,
        Choice selected,
        TaskStatus status,
        AbortReason abortReason,
        boolean erred,
        TaskStatus heard,
        Instant heardAt,
        Instant startTime,
        Instant readyTime,
        String node,
        String score,
        Instant lookedAt,
        Instant notBefore,
        Instant downloadAt,
        Instant missingSince,
        Call cancel,
        Call alone,
        Loss loss,
        String text) {

    static Member prepared(String commitment) {
        return new Draft(commitment).build();
    }

    /** Whether its creation was sent, so that it may exist. */
    boolean isActive() {
        return create.wasSent();
    }

    /** Whether its creation is acknowledged. */
    public boolean isCreated() {
        return create.is(Call.State.DONE);
    }

    /** The state as seen or heard. */
    TaskStatus state() {
        return heard == null ? status : heard;
    }

    boolean isIn(TaskStatus wanted) {
        return isCreated() && state() == wanted;
    }

    /** Whether it must be validated. */
    boolean isReady() {
        return isCreated() && loss == Loss.NONE && state().isReady();
    }

    boolean isRunning() {
        return isCreated() && loss == Loss.NONE && state().isRunning();
    }

    boolean isQueued() {
        return isIn(TaskStatus.QUEUED) && loss == Loss.NONE;
    }

    boolean isError() {
        return isReady() && state() == TaskStatus.ERROR_REPORTED;
    }

    /** Whether it has ended in a state that was read: what an event says of an end is read before it counts. */
    boolean isEnded() {
        return isCreated() && status.isEnd();
    }

    /** Whether it has ended, was refused or is lost: nothing of it is open. */
    boolean isOver() {
        return loss != Loss.NONE || isEnded();
    }

    boolean isAborted() {
        return isEnded() && status == TaskStatus.END_ABORTED;
    }

    /** Whether its deadline passed, which costs the fee and ends its group. */
    boolean isExpired() {
        return isAborted() && abortReason == AbortReason.CREATOR_VALIDATION_TIMEOUT;
    }

    Member with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** Without the seed. */
    @Override
    public String toString() {
        return "Member[" + create.state() + ", " + status + ", " + abortReason + ", " + loss + "]";
    }

    /** A member that is being changed. */
    static final class Draft {
        final String commitment;
        Call create = Call.NEVER;
        boolean duplicateKey;
        boolean noRepeat;
        String seed;
        Choice selected = Choice.UNKNOWN;
        TaskStatus status;
        AbortReason abortReason = AbortReason.NONE;
        boolean erred;
        TaskStatus heard;
        Instant heardAt;
        Instant startTime;
        Instant readyTime;
        String node = "";
        String score = "";
        Instant lookedAt;
        Instant notBefore;
        Instant downloadAt;
        Instant missingSince;
        Call cancel = Call.NEVER;
        Call alone = Call.NEVER;
        Loss loss = Loss.NONE;
        String text = "";

        Draft(String commitment) {
            this.commitment = commitment;
        }

        private Draft(Member member) {
            commitment = member.commitment;
            create = member.create;
            duplicateKey = member.duplicateKey;
            noRepeat = member.noRepeat;
            seed = member.seed;
            selected = member.selected;
            status = member.status;
            abortReason = member.abortReason;
            erred = member.erred;
            heard = member.heard;
            heardAt = member.heardAt;
            startTime = member.startTime;
            readyTime = member.readyTime;
            node = member.node;
            score = member.score;
            lookedAt = member.lookedAt;
            notBefore = member.notBefore;
            downloadAt = member.downloadAt;
            missingSince = member.missingSince;
            cancel = member.cancel;
            alone = member.alone;
            loss = member.loss;
            text = member.text;
        }

        Member build() {
            return new Member(
                    commitment,
                    create,
                    duplicateKey,
                    noRepeat,
                    seed,
                    selected,
                    status,
                    abortReason,
                    erred,
                    heard,
                    heardAt,
                    startTime,
                    readyTime,
                    node,
                    score,
                    lookedAt,
                    notBefore,
                    downloadAt,
                    missingSince,
                    cancel,
                    alone,
                    loss,
                    text);
        }
    }
}

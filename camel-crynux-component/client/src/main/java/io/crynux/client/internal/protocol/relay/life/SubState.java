// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

/** How far a request is, as the journal knows it. For reports and crash tests; no rule depends on it. */
public enum SubState {
    /** Journaled, nothing sent. */
    PREPARED,
    /** The creation was sent and is not acknowledged. */
    POSTED,
    /** Created; not sampled, or not decided yet. */
    CREATED,
    /** Sampled, and the first of three is created. */
    SAMPLED_1,
    SAMPLED_2,
    SAMPLED_3,
    /** A node has reported; not validated. */
    READY,
    VALIDATION_SENT,
    VALIDATED,
    /** Nothing is open. */
    ENDED,
    DOWNLOADED;

    /** The sub-state of a request. */
    public static SubState of(Life life) {
        if (life.downloadedFrom() >= 0) {
            return DOWNLOADED;
        }
        Member first = life.first();
        if (!first.isActive()) {
            return PREPARED;
        }
        if (life.members().stream().filter(Member::isActive).allMatch(Member::isOver)) {
            return ENDED;
        }
        if (!first.isCreated()) {
            return POSTED;
        }
        return ofCreated(life);
    }

    private static SubState ofCreated(Life life) {
        if (life.members().stream()
                .anyMatch(member -> member.isCreated() && member.state().isValidated())) {
            return VALIDATED;
        }
        boolean sent = isOut(life.group())
                || isOut(life.rescue())
                || life.members().stream().anyMatch(member -> isOut(member.alone()));
        if (sent) {
            return VALIDATION_SENT;
        }
        if (life.trio().stream().anyMatch(Member::isReady)) {
            return READY;
        }
        if (life.sampled() != Choice.YES) {
            return CREATED;
        }
        return switch ((int) life.trio().stream().filter(Member::isCreated).count()) {
            case 1 -> SAMPLED_1;
            case 2 -> SAMPLED_2;
            default -> SAMPLED_3;
        };
    }

    private static boolean isOut(Call call) {
        return call.is(Call.State.SENT) || call.is(Call.State.LOST);
    }
}

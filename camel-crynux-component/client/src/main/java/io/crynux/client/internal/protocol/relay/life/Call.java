// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import java.time.Duration;
import java.time.Instant;

/**
 * A call that changes something in the Relay, as the journal knows it: how often it was sent, and what came of it.
 *
 * @param state what came of it
 * @param tries number of times that it was sent
 * @param firstAt when it was first sent, by the Relay's clock; null if never
 * @param lastAt when it was last sent or signed, by the Relay's clock; null if never
 */
public record Call(State state, int tries, Instant firstAt, Instant lastAt) {
    static final Call NEVER = new Call(State.IDLE, 0, null, null);

    private static final int MAX_DOUBLINGS = 10;

    /** State of a call. */
    public enum State {
        /** Not under way; may be sent, first or again. */
        IDLE,
        /** Under way. In a journal that is read again it is {@link #LOST}. */
        SENT,
        /** The answer is lost or proves nothing: reading the task decides. */
        LOST,
        /** Done. */
        DONE,
        /** Refused for good; not sent again. */
        REFUSED
    }

    Call sent(Instant at) {
        return new Call(State.SENT, tries + 1, firstAt == null ? at : firstAt, at);
    }

    /** It could not be signed, so nothing was sent this time. */
    Call unsent() {
        return tries <= 1 ? NEVER : new Call(State.LOST, tries - 1, firstAt, lastAt);
    }

    Call as(State newState) {
        return new Call(newState, tries, firstAt, lastAt);
    }

    boolean is(State other) {
        return state == other;
    }

    boolean wasSent() {
        return tries > 0;
    }

    /** When it may be sent again or asked about: 1, 2, 4 and at most 10 s after the last time; null for at once. */
    Instant nextTry() {
        if (tries == 0) {
            return null;
        }
        Duration backoff = Duration.ofSeconds(1L << Math.min(tries - 1, MAX_DOUBLINGS));
        return lastAt.plus(backoff.compareTo(Rules.LONGEST_BACKOFF) < 0 ? backoff : Rules.LONGEST_BACKOFF);
    }

    boolean isDue(Instant now) {
        return tries == 0 || !now.isBefore(nextTry());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import java.time.Duration;

/**
 * Estimates how long after its creation the Relay knows a task, so that an upload rarely needs a second try. Refused tries
 * raise the estimate at once and with a margin, accepted ones lower it a little: about one upload in twenty is too early, so
 * that the client notices when the Relay becomes faster.
 */
final class RelayLag {
    private static final double MOST_MILLIS = 10_000;
    private static final double MARGIN = 1.25;
    private static final double STEP_MILLIS = 20;
    /** A single failure must not delay the uploads of many tasks. */
    private static final double MOST_GROWTH = 2;

    private static final double GROWTH_STEP_MILLIS = 500;
    private static final double DECAY = 0.99;
    /** Before the first refusal the estimate is probably too long. */
    private static final double FIRST_DECAY = 0.8;

    private double millis;
    private boolean refusedOnce;
    private long generation;

    /**
     * Delay of an upload.
     *
     * @param generation generation of the estimate
     */
    record Wait(Duration duration, long generation) {}

    RelayLag(Duration firstGuess) {
        millis = firstGuess.toMillis();
    }

    synchronized Wait next() {
        return new Wait(Duration.ofMillis(Math.round(millis)), generation);
    }

    /** The Relay knew the task after the delay. Of several delays of one estimate the first counts. */
    synchronized void enough(Wait wait) {
        if (wait.generation() == generation) {
            millis *= refusedOnce ? DECAY : FIRST_DECAY;
            generation++;
        }
    }

    /**
     * The Relay did not know the task after the delay.
     *
     * @param refused when it was last refused, from its creation on
     * @param accepted when it was accepted
     */
    synchronized void tooShort(Wait wait, Duration refused, Duration accepted) {
        refusedOnce = true;
        double waited = wait.duration().toMillis();
        double between = (refused.toMillis() + accepted.toMillis()) / 2.0;
        double better =
                Math.min(Math.max(waited * MARGIN + STEP_MILLIS, between), waited * MOST_GROWTH + GROWTH_STEP_MILLIS);
        if (better > millis) {
            millis = Math.min(better, MOST_MILLIS);
            generation++;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.time.Duration;
import java.util.Objects;

/**
 * How requests to the Relay are tried again.
 *
 * @param notYet back-off while the Relay is behind the chain, or a node behind its upload
 * @param inTrouble back-off while the Relay or the network fails
 * @param longestRetryAfter longest wait that the Relay's Retry-After is honoured for
 * @param uselessAnswers how many answers that claim success but are not what was asked for, such as an HTML page in place of
 *     an image, end a request
 * @param firstLag how long after its creation a task's parameters are uploaded at first; it is learned from there
 */
public record RelaySettings(
        Backoff notYet, Backoff inTrouble, Duration longestRetryAfter, int uselessAnswers, Duration firstLag) {

    /** 0.5 to 5 s, 1 to 30 s, 5 minutes, 5, one second (what the Relay is usually behind). */
    public static final RelaySettings DEFAULT = new RelaySettings(
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5)),
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
            Duration.ofMinutes(5),
            5,
            Duration.ofSeconds(1));

    public RelaySettings {
        Objects.requireNonNull(notYet, "notYet");
        Objects.requireNonNull(inTrouble, "inTrouble");
        Objects.requireNonNull(longestRetryAfter, "longestRetryAfter");
        Objects.requireNonNull(firstLag, "firstLag");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.time.Duration;
import java.util.Objects;

/**
 * Retries of requests to the Relay.
 *
 * @param notReady back-off while the Relay does not know the task yet, or a node has not uploaded the result
 * @param onFailure back-off while the Relay or the network fails
 * @param maxRetryAfter maximum wait that the client accepts from the Relay's Retry-After header
 * @param maxInvalidResponses number of invalid responses with status 200, such as an HTML page instead of an image, after
 *     which a request fails
 * @param initialLag how long after its creation the client uploads the parameters of the first task; it learns the Relay's lag
 *     behind the chain from there
 */
public record RelaySettings(
        Backoff notReady, Backoff onFailure, Duration maxRetryAfter, int maxInvalidResponses, Duration initialLag) {

    /** Back-offs of 0.5 to 5 s and 1 to 30 s, a Retry-After of at most 5 minutes, 5 invalid responses, a lag of 1 s. */
    public static final RelaySettings DEFAULT = new RelaySettings(
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5)),
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
            Duration.ofMinutes(5),
            5,
            Duration.ofSeconds(1));

    public RelaySettings {
        Objects.requireNonNull(notReady, "notReady");
        Objects.requireNonNull(onFailure, "onFailure");
        Objects.requireNonNull(maxRetryAfter, "maxRetryAfter");
        Objects.requireNonNull(initialLag, "initialLag");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.settings.EngineSettings.Limits;
import java.net.URI;
import java.time.Duration;

/**
 * The network of today: tasks are created, paid from the wallet's Relay account and validated at a Relay; no chain is needed.
 * Required: relayUrl, and a signer that is also a {@link io.crynux.client.wallet.VrfProver}, as those of
 * {@link io.crynux.client.wallet.Wallets} are. Immutable.
 */
public final class RelayNetwork implements Network {
    /** Default timeout of tasks: nine hours, for queue, run, validation and upload together. Waiting holds no thread. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(9);

    /** Default limits: 100 tasks in flight, as many of them not started, 1,000 waiting. A task in flight needs a process in time. */
    public static final Limits DEFAULT_LIMITS = new Limits(100, 100, 1_000);

    private final URI relayUrl;
    private final Duration eventPollInterval;
    private final Duration validationTimeout;
    private final double requestsPerSecond;

    private RelayNetwork(Builder from) {
        relayUrl = from.relayUrl;
        eventPollInterval = from.eventPollInterval;
        validationTimeout = from.validationTimeout;
        requestsPerSecond = from.requestsPerSecond;
    }

    public static Builder builder() {
        return new Builder();
    }

    URI relayUrl() {
        return relayUrl;
    }

    Duration eventPollInterval() {
        return eventPollInterval;
    }

    Duration validationTimeout() {
        return validationTimeout;
    }

    double requestsPerSecond() {
        return requestsPerSecond;
    }

    /** Builds a {@link RelayNetwork}. */
    public static final class Builder {
        /** The Relay's own time-out (relay protocol, section 5.4). */
        private static final Duration DEFAULT_VALIDATION_TIMEOUT = Duration.ofMinutes(10);

        private static final Duration LEAST_VALIDATION_TIMEOUT = Duration.ofSeconds(10);

        private URI relayUrl;
        private Duration eventPollInterval = Duration.ofSeconds(1);
        private Duration validationTimeout = DEFAULT_VALIDATION_TIMEOUT;
        private double requestsPerSecond;

        private Builder() {}

        /**
         * URL of the Relay, for example {@code https://relay.crynux.io}. User and password in it
         * ({@code https://user:password@host/}, percent-encoded) are sent to its host as Basic credentials.
         */
        public Builder relayUrl(String url) {
            relayUrl = NetworkUrl.parse("relayUrl", url, NetworkUrl.HTTP);
            return this;
        }

        /** Interval at which the client reads the Relay's event log while tasks are in progress; default one second. */
        public Builder eventPollInterval(Duration interval) {
            if (interval.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "eventPollInterval is " + interval.toMillis() + " ms; it must be more than zero, such as 1s");
            }
            eventPollInterval = interval;
            return this;
        }

        /**
         * Time that the Relay waits for the validation of a task after its node has reported; default ten minutes. The Relay's
         * API does not tell it. A task that is validated later costs its fee and has no result.
         */
        public Builder validationTimeout(Duration timeout) {
            if (timeout.compareTo(LEAST_VALIDATION_TIMEOUT) < 0) {
                throw new IllegalArgumentException("validationTimeout is " + timeout.toMillis()
                        + " ms; the least is 10s. Set it to the time that the Relay waits");
            }
            validationTimeout = timeout;
            return this;
        }

        /** Maximum number of requests to the Relay per second; default 0, no limit. Validations go first. */
        public Builder requestsPerSecond(double requests) {
            if (!(requests >= 0) || Double.isInfinite(requests)) {
                throw new IllegalArgumentException(
                        "requestsPerSecond is " + requests + "; it must be 0 (no limit) or more");
            }
            requestsPerSecond = requests;
            return this;
        }

        /** @throws IllegalArgumentException if the relayUrl is missing */
        public RelayNetwork build() {
            if (relayUrl == null) {
                throw new IllegalArgumentException("relayUrl is missing");
            }
            return new RelayNetwork(this);
        }
    }
}

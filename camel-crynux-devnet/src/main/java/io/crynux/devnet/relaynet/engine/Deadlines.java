// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.AbortReason;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskTimes;
import io.crynux.devnet.relaynet.time.NetworkTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Ends the tasks whose time is up (relay.md, section 5.4). */
final class Deadlines {
    /** Added to the time-out of fine-tuning while it is queued. */
    private static final Duration FINE_TUNING_QUEUE = Duration.ofMinutes(3);

    private final NetworkTime time;
    private final Database database;
    private final Settlement settlement;
    private final RelayNetworkSettings settings;
    private final String issuer;

    /** @param issuer the Relay's own address */
    Deadlines(
            NetworkTime time, Database database, Settlement settlement, RelayNetworkSettings settings, String issuer) {
        this.time = time;
        this.database = database;
        this.settlement = settlement;
        this.settings = settings;
        this.issuer = issuer;
    }

    /** A task's deadline, and the reason with which it ends then. */
    record Deadline(Instant at, AbortReason reason) {}

    /** The deadline of a task that has not ended. */
    Deadline of(RelayTask task) {
        TaskTimes times = task.times();
        Instant started = times.started().orElse(times.created());
        if (task.order().isFineTuning()) {
            Duration timeout = seconds(task.order().timeout());
            return times.started().isPresent()
                    ? new Deadline(started.plus(timeout), AbortReason.TIMEOUT)
                    : new Deadline(started.plus(timeout).plus(FINE_TUNING_QUEUE), AbortReason.TIMEOUT);
        }
        return switch (task.status()) {
            case QUEUED -> new Deadline(times.created().plus(settings.queueTimeout()), AbortReason.TIMEOUT);
            case STARTED -> new Deadline(started.plus(seconds(task.work().timeout())), AbortReason.TIMEOUT);
            case ERROR_REPORTED, SCORE_READY ->
                new Deadline(
                        times.scoreReady().orElse(started).plus(settings.validationTimeout()),
                        AbortReason.CREATOR_VALIDATION_TIMEOUT);
            case VALIDATED, GROUP_VALIDATED ->
                new Deadline(
                        times.validated().orElse(started).plus(settings.uploadTimeout()),
                        AbortReason.RESULT_UPLOAD_TIMEOUT);
            default -> throw new IllegalArgumentException("an ended task has no deadline: " + task);
        };
    }

    private static Duration seconds(long seconds) {
        // A creator may ask for more seconds than an instant can have.
        return Duration.ofSeconds(
                Math.max(0, Math.min(seconds, Duration.ofDays(36_500).toSeconds())));
    }

    /** Ends what is late. */
    void enforce() {
        if (database.isAway()) {
            return;
        }
        Instant now = time.now();
        for (RelayTask task : List.copyOf(database.store().open())) {
            Deadline deadline = of(task);
            if (!now.isBefore(deadline.at())) {
                settlement.abort(task, deadline.reason(), issuer);
            }
        }
    }
}

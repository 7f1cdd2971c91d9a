// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.task;

import java.time.Instant;
import java.util.Optional;

/**
 * When the steps of a task were.
 *
 * @param scoreReady when its node sent a score or an error
 * @param updated the last change of any kind, by which old tasks are purged
 */
public record TaskTimes(
        Instant created,
        Optional<Instant> started,
        Optional<Instant> scoreReady,
        Optional<Instant> validated,
        Optional<Instant> uploaded,
        Instant updated) {

    static TaskTimes of(Instant created) {
        return new TaskTimes(created, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), created);
    }

    TaskTimes with(TaskStep step, Instant now) {
        return switch (step) {
            case DISPATCHED -> new TaskTimes(created, Optional.of(now), scoreReady, validated, uploaded, now);
            case SCORED, FAILED -> new TaskTimes(created, started, Optional.of(now), validated, uploaded, now);
            case APPROVED, CHOSEN, MATCHED, OUTVOTED ->
                new TaskTimes(created, started, scoreReady, Optional.of(now), uploaded, now);
            case UPLOADED, UPLOADED_OF_GROUP ->
                new TaskTimes(created, started, scoreReady, validated, Optional.of(now), now);
            case ABORTED -> updatedAt(now);
        };
    }

    TaskTimes validatedAt(Instant when) {
        return new TaskTimes(created, started, scoreReady, Optional.of(when), uploaded, when);
    }

    TaskTimes updatedAt(Instant when) {
        return new TaskTimes(created, started, scoreReady, validated, uploaded, when);
    }
}

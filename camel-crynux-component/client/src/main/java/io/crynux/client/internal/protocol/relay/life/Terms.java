// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/**
 * What the rules of a request depend on, from its order and the settings.
 *
 * @param feeWei fee of each task of the request, in wei
 * @param window how long after a node's report the Relay waits for the validation (validationTimeout)
 * @param executionTimeout maximum execution time of fine-tuning, which also limits its validation; zero for other kinds
 */
public record Terms(TaskKind kind, BigInteger feeWei, Duration window, Duration executionTimeout) {

    /** Interval between looks at a task that a node works on. */
    Duration lookInterval() {
        return window.dividedBy(4);
    }

    /**
     * Interval between looks at a queued task. One that starts and is ready right after a look must be found well before its
     * deadline, also if its events are missed.
     */
    Duration queuedLookInterval() {
        Duration half = window.dividedBy(2);
        return half.compareTo(Rules.LOOK_AT_QUEUED) < 0 ? half : Rules.LOOK_AT_QUEUED;
    }

    /**
     * The time before a deadline at which what can still be saved alone is saved, in place of waiting for a group: one minute, or
     * a tenth of a short window.
     */
    Duration lastCall() {
        Duration tenth = window.dividedBy(10);
        return tenth.compareTo(Rules.LAST_CALL) < 0 ? tenth : Rules.LAST_CALL;
    }

    /** Until when a member must be validated; null as long as it is not known. */
    Instant deadline(Member member) {
        if (kind == TaskKind.SD_FT_LORA) {
            return member.startTime() == null ? null : member.startTime().plus(executionTimeout);
        }
        return member.readyTime() == null ? null : member.readyTime().plus(window);
    }
}

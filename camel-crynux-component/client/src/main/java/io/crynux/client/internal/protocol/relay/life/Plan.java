// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do now, and when to plan again if nothing happens before.
 *
 * @param actions most urgent first
 * @param next by the Relay's clock; null if there is nothing to wait for
 */
public record Plan(List<Action> actions, Instant next) {

    /** A plan that is being made. */
    static final class Draft {
        private final Instant now;
        private final List<Action> actions = new ArrayList<>();
        private Instant next;

        Draft(Instant now) {
            this.now = now;
        }

        Instant now() {
            return now;
        }

        void add(Action action) {
            if (!actions.contains(action)) {
                actions.add(action);
            }
        }

        boolean contains(Action action) {
            return actions.contains(action);
        }

        /** Adds the action if its time has come, or else waits for it; null is at once. */
        void addAt(Instant time, Action action) {
            if (time == null || !now.isBefore(time)) {
                add(action);
            } else {
                waitUntil(time);
            }
        }

        void waitUntil(Instant time) {
            if (time != null && time.isAfter(now) && (next == null || time.isBefore(next))) {
                next = time;
            }
        }

        Plan build() {
            return new Plan(List.copyOf(actions), next);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.event;

import io.crynux.client.event.TaskEvent;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;

/** Emitted events that are not handled yet, in order, and the position up to which all are handled. Not thread-safe. */
final class UnhandledEvents {
    private static final class Emitted {
        private final TaskEvent event;
        private boolean handled;
        /** Whether its block was reverted, so that its position is no longer valid. */
        private boolean stale;

        Emitted(TaskEvent event) {
            this.event = event;
        }
    }

    private final Deque<Emitted> emitted = new ArrayDeque<>();
    private LogPosition reached;

    UnhandledEvents(LogPosition reached) {
        this.reached = reached;
    }

    void add(TaskEvent event) {
        Emitted added = new Emitted(event);
        added.stale = event.removed();
        emitted.addLast(added);
    }

    void handled(TaskEvent event) {
        for (Emitted one : emitted) {
            if (one.event.equals(event) && !one.handled) {
                one.handled = true;
                break;
            }
        }
        while (!emitted.isEmpty() && emitted.getFirst().handled) {
            Emitted first = emitted.removeFirst();
            if (!first.stale) {
                reached = LogPosition.after(first.event);
            }
        }
    }

    /** A reorganisation replaced the blocks from this one on. */
    void readAgainFrom(BigInteger block) {
        emitted.stream()
                .filter(one -> one.event.block().number().compareTo(block) >= 0)
                .forEach(one -> one.stale = true);
        if (reached.block().compareTo(block) >= 0) {
            reached = LogPosition.before(block);
        }
    }

    /** There are no events to handle before this block. */
    void reach(BigInteger block) {
        if (reached.block().compareTo(block) < 0) {
            reached = LogPosition.before(block);
        }
    }

    boolean isEmpty() {
        return emitted.isEmpty();
    }

    /** The position up to which everything is handled. */
    LogPosition reached() {
        return reached;
    }
}

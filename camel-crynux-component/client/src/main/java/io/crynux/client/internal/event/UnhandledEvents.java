// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.event;

import io.crynux.client.event.TaskEvent;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;

/** The events that were told and not yet handled, in their order, to know how far everything is. Not thread-safe. */
final class UnhandledEvents {
    private static final class Told {
        private final TaskEvent event;
        private boolean handled;
        /** Whether its block was taken back, so that its place means nothing any more. */
        private boolean stale;

        Told(TaskEvent event) {
            this.event = event;
        }
    }

    private final Deque<Told> told = new ArrayDeque<>();
    private Place reached;

    UnhandledEvents(Place reached) {
        this.reached = reached;
    }

    void add(TaskEvent event) {
        Told added = new Told(event);
        added.stale = event.removed();
        told.addLast(added);
    }

    void handled(TaskEvent event) {
        for (Told one : told) {
            if (one.event.equals(event) && !one.handled) {
                one.handled = true;
                break;
            }
        }
        while (!told.isEmpty() && told.getFirst().handled) {
            Told first = told.removeFirst();
            if (!first.stale) {
                reached = Place.after(first.event);
            }
        }
    }

    /** The chain is read again from that block on. */
    void readAgainFrom(BigInteger block) {
        told.stream()
                .filter(one -> one.event.block().number().compareTo(block) >= 0)
                .forEach(one -> one.stale = true);
        if (reached.block().compareTo(block) >= 0) {
            reached = Place.before(block);
        }
    }

    /** Nothing before that block is left to be handled. */
    void reach(BigInteger block) {
        if (reached.block().compareTo(block) < 0) {
            reached = Place.before(block);
        }
    }

    boolean isEmpty() {
        return told.isEmpty();
    }

    /** Everything up to there is handled. */
    Place reached() {
        return reached;
    }
}

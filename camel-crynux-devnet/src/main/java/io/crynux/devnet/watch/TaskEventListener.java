// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.watch;

import io.crynux.devnet.chain.ChainAccess.EventLog;

/** Hears the Task contract's events in chain order, one at a time. Must return quickly. */
public interface TaskEventListener {

    /** An event is in the chain. */
    void added(TaskEvent event);

    /** The same, with the position in the chain. */
    default void added(TaskEvent event, EventLog log) {
        added(event);
    }

    /** A reorg has reverted an event that {@link #added} reported. Later events are reverted before earlier ones. */
    void removed(TaskEvent event);
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.watch;

import io.crynux.devnet.chain.ChainAccess.EventLog;

/** Hears the Task contract's events in chain order, one at a time. Must return quickly. */
public interface TaskEventListener {

    /** An event is in the chain. */
    void added(TaskEvent event);

    /** The same, for those who want to know where in the chain it is. */
    default void added(TaskEvent event, EventLog log) {
        added(event);
    }

    /** A reorg has taken an event back that {@link #added} told of. Later events are taken back before earlier ones. */
    void removed(TaskEvent event);
}

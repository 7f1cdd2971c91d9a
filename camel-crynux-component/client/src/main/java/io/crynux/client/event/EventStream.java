// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import java.util.concurrent.CompletableFuture;

/**
 * The contract's events in the order of the chain, each once. The stream reads ahead only a little, so the reader sets the
 * pace. If a reorganisation reverts an emitted event, the stream emits it again as {@link TaskEvent#removed}, and then the
 * events of the new blocks. While the network does not answer, the stream waits and then continues where it was.
 *
 * <p>Thread-safe; meant for one reader.
 */
public interface EventStream extends AutoCloseable {

    /** The next event, as soon as there is one. Call it again only after it has completed; it fails when the stream is closed. */
    CompletableFuture<TaskEvent> next();

    /** The next event if it is already available, or null; cheaper than {@link #next}. */
    TaskEvent poll();

    /** Marks an event as handled, so that {@link #position} can move past it. */
    void handled(TaskEvent event);

    /** The position of the oldest event that is not handled, from which another stream continues after a restart. */
    EventPosition position();

    /** Stops reading; a pending {@link #next} fails. */
    @Override
    void close();
}

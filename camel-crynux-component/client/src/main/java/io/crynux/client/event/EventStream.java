// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import java.util.concurrent.CompletableFuture;

/**
 * The contract's events in the order of the chain, each once, at the reader's own pace: nothing is read much ahead of what is
 * asked for. When a reorganisation takes back an event that was told, it is told again as {@link TaskEvent#removed}, and then
 * what stands in its place. While the network does not answer the stream waits and goes on where it was.
 *
 * <p>Thread-safe; meant for one reader.
 */
public interface EventStream extends AutoCloseable {

    /** The next event, as soon as there is one; to be called again only when it has come. Closing the stream fails it. */
    CompletableFuture<TaskEvent> next();

    /** The next event if it is at hand, or null; costs less than {@link #next}. */
    TaskEvent poll();

    /** The reader is done with an event, which {@link #position} then leaves behind. */
    void handled(TaskEvent event);

    /** Where another stream goes on after a restart: at the oldest event that is not handled. */
    EventPosition position();

    /** Reads no more; a {@link #next} that is under way fails. */
    @Override
    void close();
}

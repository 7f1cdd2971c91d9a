// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.json.JsonView;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * The position of an event stream, from which another stream can continue. Its text form is JSON for any store.
 *
 * @param block all events in earlier blocks are handled
 * @param logIndex all events of that block up to this log index are handled; null if none is
 * @param blocks some of the newest blocks that were read, the newest last, to detect reorganisations
 * @param open origins of the unfinished tasks
 * @param emitted the newest events that were emitted and that a reorganisation can still revert
 */
public record EventPosition(
        BigInteger block,
        BigInteger logIndex,
        List<BlockRef> blocks,
        Map<BigInteger, TaskEvent.Origin> open,
        List<TaskEvent> emitted) {
    private static final int VERSION = 1;

    public EventPosition {
        blocks = List.copyOf(blocks);
        open = Map.copyOf(open);
        emitted = List.copyOf(emitted);
    }

    /** The position as text for a store; {@link #parse} reads it. */
    public String toText() {
        return JsonView.write(new Text(
                VERSION,
                block,
                logIndex,
                blocks,
                open,
                emitted.stream().map(TaskEvent::toJson).toList()));
    }

    /** @throws IllegalArgumentException if {@link #toText} did not write the text */
    public static EventPosition parse(String text) {
        try {
            Text read = JsonView.read(text, Text.class);
            if (read.version() != VERSION) {
                throw new IllegalArgumentException("it has version " + read.version() + " instead of " + VERSION);
            }
            return new EventPosition(
                    JsonView.required(read.block(), "block"),
                    read.logIndex(),
                    JsonView.required(read.blocks(), "blocks"),
                    JsonView.required(read.open(), "open"),
                    JsonView.required(read.emitted(), "told").stream()
                            .map(EventJson::read)
                            .toList());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("The position of the event stream cannot be read: " + e.getMessage(), e);
        }
    }

    /** The position as JSON. */
    private record Text(
            int version,
            BigInteger block,
            BigInteger logIndex,
            List<BlockRef> blocks,
            Map<BigInteger, TaskEvent.Origin> open,
            @JsonProperty("told") List<? extends JsonNode> emitted) {}
}

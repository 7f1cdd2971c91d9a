// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import io.crynux.devnet.golang.GoBase64;
import io.crynux.devnet.golang.GoSyntaxException;
import io.crynux.devnet.golang.GoText;
import io.crynux.devnet.relaynet.arguments.image.ImageFormat;
import io.crynux.devnet.relaynet.arguments.image.ImageRefusedException;
import io.crynux.devnet.relaynet.arguments.image.ImageSize;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the pictures in messages: each object with the type {@code image}, wherever it is. */
final class ImageBlocks {
    private long count;
    private BigInteger pixels = BigInteger.ZERO;

    private ImageBlocks() {}

    /**
     * Counts the pictures, and takes their data out of the messages.
     *
     * @throws RequestRefusedException 500 if one cannot be read
     */
    static ImageBlocks strip(Object messages) throws RequestRefusedException {
        var blocks = new ImageBlocks();
        // A loop, since values may be 10,000 levels deep. ArrayDeque takes no null.
        Deque<List<?>> open = new ArrayDeque<>();
        open.push(messages instanceof List<?> list ? list : List.of());
        while (!open.isEmpty()) {
            for (Object value : open.pop()) {
                if (value instanceof List<?> list) {
                    open.addLast(list);
                } else if (value instanceof Map<?, ?> members && "image".equals(members.get("type"))) {
                    blocks.add(members.get("base64"));
                    members.remove("base64");
                } else if (value instanceof Map<?, ?> members) {
                    open.addLast(List.copyOf(new TreeMap<Object, Object>(members)
                            .values().stream().filter(ImageBlocks::isContainer).toList()));
                }
            }
        }
        return blocks;
    }

    private static boolean isContainer(Object value) {
        return value instanceof List || value instanceof Map;
    }

    private void add(Object base64) throws RequestRefusedException {
        if (!(base64 instanceof String text)) {
            throw RequestRefusedException.failure("llm image block base64 is not a string");
        }
        byte[] data;
        try {
            data = GoBase64.decode(GoText.trim(text));
        } catch (GoSyntaxException e) {
            throw RequestRefusedException.failure("decode llm image base64: " + e.getMessage());
        }
        ImageSize size;
        try {
            size = ImageFormat.size(data);
        } catch (ImageRefusedException e) {
            throw RequestRefusedException.failure("read llm image dimensions: " + e.getMessage());
        }
        if (size.width() <= 0 || size.height() <= 0) {
            throw RequestRefusedException.failure("llm image dimensions must be positive");
        }
        count++;
        pixels = pixels.add(BigInteger.valueOf(size.width()).multiply(BigInteger.valueOf(size.height())));
    }

    long count() {
        return count;
    }

    BigInteger pixels() {
        return pixels;
    }
}

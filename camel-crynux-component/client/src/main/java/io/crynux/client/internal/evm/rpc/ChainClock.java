// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What time it is on the chain, whose clock may be minutes off the host's. It is told by the newest blocks: a block is never
 * stamped with a time that is yet to come, so the chain's clock shows at least the block's time and what has passed since the
 * block was seen. The host's time of day has no part in it. Thread-safe.
 */
public final class ChainClock {
    /** Of the blocks seen last: a node that once reports a time far ahead is not trusted for ever. */
    private static final int SEEN = 16;
    /** Of a number of seconds: until about the year 6300. */
    private static final int MOST_BITS = 37;

    /** By hash. */
    private final Map<String, Seen> seen = new LinkedHashMap<>();

    /**
     * A block.
     *
     * @param ahead its time, less that of {@link System#nanoTime} at which it was seen first
     */
    private record Seen(Instant time, Duration ahead) {}

    /** A node has reported the block as its newest. */
    synchronized void onHead(BlockHeader head) {
        if (head.time() == null) {
            return;
        }
        seen.computeIfAbsent(
                head.hash(),
                first -> new Seen(
                        head.time(),
                        Duration.between(Instant.EPOCH, head.time()).minusNanos(System.nanoTime())));
        if (seen.size() > SEEN) {
            seen.remove(seen.keySet().iterator().next());
        }
    }

    /** The time that the chain's clock shows at least; empty before a block was seen. */
    public synchronized Optional<Instant> atLeast() {
        return seen.values().stream()
                .map(Seen::ahead)
                .max(Comparator.naturalOrder())
                .map(ahead -> Instant.EPOCH.plus(ahead.plusNanos(System.nanoTime())));
    }

    /** How old the newest block is at least, by the chain's clock; zero before one was seen. */
    public synchronized Duration newestIsOld() {
        return seen.values().stream()
                .map(Seen::time)
                .max(Comparator.naturalOrder())
                .map(newest -> Duration.between(newest, atLeast().orElse(newest)))
                .orElse(Duration.ZERO);
    }

    /** The time of a block, or null where the node reports none that makes sense. */
    static Instant time(String quantity) {
        if (quantity == null || !quantity.matches("0x[0-9a-fA-F]{1,15}")) {
            return null;
        }
        BigInteger seconds = new BigInteger(quantity.substring(2), 16);
        return seconds.bitLength() > MOST_BITS ? null : Instant.ofEpochSecond(seconds.longValue());
    }
}

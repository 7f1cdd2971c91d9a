// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * From when on a reorganisation no longer takes a block back.
 *
 * @param blocks how many blocks come after it, 0 or more; of no meaning with a tag
 * @param tag what the chain itself says instead, or null to count blocks
 * @param timeout how long the chain makes no block at all, which is as good; zero for never. Some chains make no empty
 *     blocks, so that depth never comes
 */
public record Finality(int blocks, Tag tag, Duration timeout) {

    /** Two minutes. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

    /** 5 blocks, or two minutes without any. */
    public static final Finality DEFAULT = new Finality(5, null, DEFAULT_TIMEOUT);

    /** A chain's own word for blocks that stay (Ethereum's JSON-RPC, block tags). */
    public enum Tag {
        /** Unlikely to be taken back. */
        SAFE,
        /** Not to be taken back without a great loss to those who made it. */
        FINALIZED;

        /** As it is written in JSON-RPC, and in the setting. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException naming the setting that cannot be */
    public Finality {
        Objects.requireNonNull(timeout, "timeout");
        if (blocks < 0) {
            throw new IllegalArgumentException("finality is " + blocks + ", the least is 0 blocks");
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("finalityTimeout must not be negative; 0 is for never");
        }
    }

    /** So many blocks, with the default time-out. */
    public static Finality ofBlocks(int blocks) {
        return new Finality(blocks, null, DEFAULT_TIMEOUT);
    }

    /**
     * Reads what a user writes.
     *
     * @param text a number of blocks, {@code safe} or {@code finalized}, in any case
     * @throws IllegalArgumentException when it is none of these
     */
    public static Finality parse(String text, Duration timeout) {
        String word = text.trim();
        for (Tag tag : Tag.values()) {
            if (tag.text().equalsIgnoreCase(word)) {
                return new Finality(0, tag, timeout);
            }
        }
        try {
            return new Finality(Integer.parseInt(word), null, timeout);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "finality is '" + text + "'; it must be a number of blocks such as 5, or safe, or finalized", e);
        }
    }
}

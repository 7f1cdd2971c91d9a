// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.page;

import io.crynux.devnet.chain.ChainView;
import io.crynux.devnet.chain.ChainView.BlockSummary;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The newest blocks, and those that a reorg has replaced. Notes when it first saw each: a block's own time
 * is in whole seconds, and the chain's clock can be turned.
 */
final class BlockBoard {
    static final int SHOWN = 30;

    private final ChainView chain;
    private final InstantSource clock;
    private Map<String, Long> seen = new HashMap<>();

    BlockBoard(ChainView chain, InstantSource clock) {
        this.chain = chain;
        this.clock = clock;
    }

    /**
     * A block on the page.
     *
     * @param timestamp by the chain's clock, in seconds since 1970
     * @param seenAt in milliseconds since 1970
     * @param replaced whether a reorg has taken it back
     */
    record Shown(
            long number,
            String hash,
            long timestamp,
            long seenAt,
            int transactions,
            long gasUsed,
            long gasLimit,
            boolean replaced) {}

    /** Looks at the chain, and returns its blocks, the newest first, each followed by those it has replaced. */
    synchronized List<Shown> look() {
        long now = clock.millis();
        List<BlockSummary> newest = chain.newest(SHOWN);
        long oldest = newest.get(0).number();
        // A block that was replaced before it was seen came and went between two looks.
        List<BlockSummary> replaced = chain.replaced().stream()
                .filter(block -> block.number() >= oldest)
                .toList();
        Map<String, Long> noted = new HashMap<>();
        Stream.concat(newest.stream(), replaced.stream())
                .forEach(block -> noted.put(block.hash(), seen.getOrDefault(block.hash(), now)));
        seen = noted;
        List<Shown> shown = new ArrayList<>();
        newest.forEach(block -> shown.add(shown(block, false)));
        replaced.forEach(block -> shown.add(shown(block, true)));
        shown.sort(Comparator.comparingLong(Shown::number).reversed().thenComparing(Shown::replaced));
        return shown;
    }

    private Shown shown(BlockSummary block, boolean replaced) {
        return new Shown(
                block.number(),
                block.hash(),
                block.timestamp(),
                seen.get(block.hash()),
                block.transactions(),
                block.gasUsed(),
                block.gasLimit(),
                replaced);
    }
}

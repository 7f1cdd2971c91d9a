// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Blocks that a node told no logs of although their blooms allow some. Nodes index logs after blocks, so that such a block is
 * asked for again, at longer and longer intervals; a bloom that allows logs by chance must not be asked for ever. Used by one
 * poll after the other.
 */
final class EmptyAnswers {
    /** Asked 1, 2, 4, 8, 16 and 32 polls later. */
    private static final int MOST_TRIES = 6;

    private record Doubt(BlockHeader block, int tries, long due) {
        Doubt next(long polls) {
            return new Doubt(block, tries + 1, polls + (1L << (tries + 1)));
        }
    }

    private final List<Doubt> doubts = new ArrayList<>();
    private long polls;

    void add(BlockHeader block) {
        if (doubts.stream().noneMatch(doubt -> doubt.block().hash().equals(block.hash()))) {
            doubts.add(new Doubt(block, 0, polls + 1));
        }
    }

    void onPoll() {
        polls++;
    }

    /** The next block to ask for now; it is then asked for later, unless it is removed. */
    Optional<BlockHeader> due() {
        Optional<Doubt> due =
                doubts.stream().filter(doubt -> doubt.due() <= polls).findFirst();
        due.ifPresent(doubt -> {
            doubts.remove(doubt);
            Doubt later = doubt.next(polls);
            if (later.tries() < MOST_TRIES) {
                doubts.add(later);
            }
        });
        return due.map(Doubt::block);
    }

    /** These blocks are of no interest any more. */
    void remove(Set<String> hashes) {
        doubts.removeIf(doubt -> hashes.contains(doubt.block().hash()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.contract.ContractEvents;
import io.crynux.client.internal.evm.rpc.BlockHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.web3j.protocol.core.methods.response.Log;

/**
 * Blocks of which a node reported fewer logs than their blooms allow. Nodes index logs after blocks, so that such a block is asked
 * for again, at longer and longer intervals; a bloom that allows logs by chance must not be asked for ever. Used by one poll
 * after the other.
 */
final class DoubtfulLogs {
    /** Asked 1, 2, 4, 8, 16 and 32 polls later. */
    private static final int MOST_TRIES = 6;
    /** Where no bloom tells, most answers without logs are right: asked 1 and 32 polls later. */
    private static final int TRIES_LEFT_OUT = MOST_TRIES - 2;

    private static final Set<String> TOPICS = ContractEvents.topics();

    /**
     * A block to be asked for again.
     *
     * @param known how many logs were reported at first
     */
    record Doubt(BlockHeader block, int known, int tries, long due) {
        /** Another endpoint is asked the second and the last time. */
        boolean isForOthers() {
            return tries == 1 || tries == MOST_TRIES - 1;
        }

        Doubt next(long polls) {
            return new Doubt(block, known, tries + 1, polls + (1L << (tries + 1)));
        }
    }

    private final List<Doubt> doubts = new ArrayList<>();
    private long polls;

    /**
     * Looks at an answer.
     *
     * @param telling whether the block's bloom is believed, and one at all
     */
    void examine(BlockHeader block, List<Log> told, boolean telling) {
        remove(Set.of(block.hash()));
        if (telling && mayLack(block, told)) {
            doubts.add(new Doubt(block, told.size(), 0, polls + 1));
        } else if (!telling && told.isEmpty() && block.runsContracts()) {
            doubts.add(new Doubt(block, 0, TRIES_LEFT_OUT, polls + 1));
        }
    }

    /** A block is asked for at once, and once, unless it is asked for again anyway. */
    void suspect(BlockHeader block) {
        if (doubts.stream().noneMatch(doubt -> doubt.block().hash().equals(block.hash()))) {
            doubts.add(new Doubt(block, 0, MOST_TRIES - 1, polls));
        }
    }

    /** Of a bloom that allows the contract, but none of its events, the answer is believed. */
    private static boolean mayLack(BlockHeader block, List<Log> told) {
        Set<String> missing = new HashSet<>(TOPICS);
        told.forEach(log -> log.getTopics().stream().findFirst().ifPresent(missing::remove));
        return missing.stream().anyMatch(topic -> Bloom.mayContain(block.logsBloom(), topic));
    }

    boolean isEmpty() {
        return doubts.isEmpty();
    }

    /** Forgets all blocks; the oldest of them. */
    Optional<BlockHeader> giveUp() {
        Optional<BlockHeader> oldest = doubts.stream().map(Doubt::block).min(Comparator.comparing(BlockHeader::number));
        doubts.clear();
        return oldest;
    }

    void onPoll() {
        polls++;
    }

    /** The next block to ask for now; it is then asked for later, unless it is removed. */
    Optional<Doubt> due() {
        Optional<Doubt> due =
                doubts.stream().filter(doubt -> doubt.due() <= polls).findFirst();
        due.ifPresent(doubt -> {
            doubts.remove(doubt);
            Doubt later = doubt.next(polls);
            if (later.tries() < MOST_TRIES) {
                doubts.add(later);
            }
        });
        return due;
    }

    /** These blocks are of no interest any more. */
    void remove(Set<String> hashes) {
        doubts.removeIf(doubt -> hashes.contains(doubt.block().hash()));
    }
}

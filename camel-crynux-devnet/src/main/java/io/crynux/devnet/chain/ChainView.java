// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** A chain as those see it who only look: its newest blocks, what waits, and who has how much. */
public interface ChainView {

    /**
     * A block without what is in it.
     *
     * @param timestamp in seconds since 1970, by the chain's clock
     * @param transactions how many there are in it
     */
    record BlockSummary(
            long number,
            String hash,
            String parentHash,
            long timestamp,
            int transactions,
            long gasUsed,
            long gasLimit) {}

    /**
     * What an address has.
     *
     * @param balance in wei
     * @param nonce of its next transaction
     */
    record Wallet(BigInteger balance, long nonce) {}

    /** The newest blocks in their order, the head last; fewer if the chain is shorter. */
    List<BlockSummary> newest(int count);

    /** The last blocks that reorganisations replaced, those of the latest one last; only a limited number is kept. */
    List<BlockSummary> replaced();

    /** How many transactions wait for a block. */
    int waiting();

    /** Whether blocks are made by hand only. */
    boolean paused();

    /** The base fee of the next block in wei per gas. */
    BigInteger baseFee();

    /** What an address has at the newest block. */
    Wallet wallet(String address);

    /** The wei that a transaction has moved with it; empty unless it is in a block. */
    Optional<BigInteger> value(String transactionHash);
}

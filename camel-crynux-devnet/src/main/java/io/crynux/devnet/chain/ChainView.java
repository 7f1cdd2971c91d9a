// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import io.crynux.devnet.ledger.Account;
import io.crynux.devnet.ledger.Block;
import io.crynux.devnet.ledger.Ledger;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A chain as those see it who only look: its newest blocks, what waits, and who has how much. */
public final class ChainView {
    private final Ledger ledger;

    ChainView(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A block without what is in it.
     *
     * @param timestamp in seconds since 1970, by the chain's clock
     * @param transactions how many there are in it
     */
    public record BlockSummary(
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
    public record Wallet(BigInteger balance, long nonce) {}

    /** The newest blocks in their order, the head last; fewer when there are not so many. */
    public List<BlockSummary> newest(int count) {
        return summaries(ledger.newest(count));
    }

    /** The last blocks that reorganisations took back, those of the latest one last; only so many are remembered. */
    public List<BlockSummary> replaced() {
        return summaries(ledger.replaced());
    }

    private static List<BlockSummary> summaries(List<Block> blocks) {
        return blocks.stream().map(ChainView::summary).toList();
    }

    private static BlockSummary summary(Block block) {
        return new BlockSummary(
                block.number(),
                block.hash(),
                block.header().parentHash(),
                block.timestamp(),
                block.receipts().size(),
                block.header().gasUsed(),
                block.header().gasLimit());
    }

    /** How many transactions wait for a block. */
    public int waiting() {
        return ledger.waiting();
    }

    /** Whether blocks are made by hand only. */
    public boolean paused() {
        return ledger.isPaused();
    }

    /** The base fee of the next block in wei per gas. */
    public BigInteger baseFee() {
        return ledger.baseFee();
    }

    /** What an address has at the newest block. */
    public Wallet wallet(String address) {
        Account account = ledger.account(address.toLowerCase(Locale.ROOT));
        return new Wallet(account.balance(), account.nonce());
    }

    /** The wei that a transaction has moved with it; empty unless it is in a block. */
    public Optional<BigInteger> value(String transactionHash) {
        return ledger.transaction(transactionHash)
                .map(mined -> mined.receipt().transaction().value());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import io.crynux.devnet.ledger.Account;
import io.crynux.devnet.ledger.Block;
import io.crynux.devnet.ledger.Ledger;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at the ledger of this JVM. */
final class OwnView implements ChainView {
    private final Ledger ledger;

    OwnView(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public List<BlockSummary> newest(int count) {
        return summaries(ledger.newest(count));
    }

    @Override
    public List<BlockSummary> replaced() {
        return summaries(ledger.replaced());
    }

    private static List<BlockSummary> summaries(List<Block> blocks) {
        return blocks.stream().map(OwnView::summary).toList();
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

    @Override
    public int waiting() {
        return ledger.waiting();
    }

    @Override
    public boolean paused() {
        return ledger.isPaused();
    }

    @Override
    public BigInteger baseFee() {
        return ledger.baseFee();
    }

    @Override
    public Wallet wallet(String address) {
        Account account = ledger.account(address.toLowerCase(Locale.ROOT));
        return new Wallet(account.balance(), account.nonce());
    }

    @Override
    public Optional<BigInteger> value(String transactionHash) {
        return ledger.transaction(transactionHash)
                .map(mined -> mined.receipt().transaction().value());
    }
}

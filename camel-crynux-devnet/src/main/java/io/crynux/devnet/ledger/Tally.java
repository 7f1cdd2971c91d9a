// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.utils.Numeric;

/** The receipts of a block in the making, and what sums up over them. */
final class Tally {
    private static final int HASH_DIGITS = 64;

    private final List<TransactionReceipt> receipts = new ArrayList<>();
    private final Bloom bloom = Bloom.empty();
    private long gasUsed;
    private int logs;

    void add(Transaction transaction, TransactionExecutor.Execution execution, BigInteger price) {
        gasUsed += execution.gasUsed();
        TransactionReceipt receipt = new TransactionReceipt(
                transaction,
                receipts.size(),
                execution.succeeded(),
                execution.gasUsed(),
                gasUsed,
                price,
                execution.logs(),
                logs,
                execution.output());
        receipts.add(receipt);
        logs += execution.logs().size();
        bloom.add(Bloom.of(execution.logs()));
    }

    long gasUsed() {
        return gasUsed;
    }

    /** @param branch 0 before any reorganisation; stands in the mix hash, so that it makes the blocks' hashes differ */
    Block block(Block parent, String stateRoot, long timestamp, long branch, LedgerSettings settings) {
        List<byte[]> transactions = new ArrayList<>();
        List<byte[]> encodedReceipts = new ArrayList<>();
        for (TransactionReceipt receipt : receipts) {
            transactions.add(Numeric.hexStringToByteArray(receipt.transaction().raw()));
            encodedReceipts.add(receipt.encoded());
        }
        BlockHeader header = new BlockHeader(
                parent == null ? BlockHeader.ZERO_HASH : parent.hash(),
                settings.miner(),
                stateRoot,
                Numeric.toHexString(MerkleTrie.rootOfList(transactions)),
                Numeric.toHexString(MerkleTrie.rootOfList(encodedReceipts)),
                bloom.hex(),
                parent == null ? 0 : parent.number() + 1,
                settings.blockGasLimit(),
                gasUsed,
                timestamp,
                Numeric.toHexStringWithPrefixZeroPadded(BigInteger.valueOf(branch), HASH_DIGITS),
                BaseFee.after(parent, settings));
        return Block.of(header, receipts);
    }
}

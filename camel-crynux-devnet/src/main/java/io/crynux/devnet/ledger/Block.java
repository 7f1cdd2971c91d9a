// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.util.ArrayList;
import java.util.List;
import org.web3j.rlp.RlpDecoder;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;

/**
 * A block of the chain.
 *
 * @param size bytes of its RLP
 */
public record Block(String hash, BlockHeader header, List<TransactionReceipt> receipts, long size) {

    static Block of(BlockHeader header, List<TransactionReceipt> receipts) {
        List<RlpType> transactions = new ArrayList<>();
        for (TransactionReceipt receipt : receipts) {
            byte[] raw = Numeric.hexStringToByteArray(receipt.transaction().raw());
            // A legacy transaction stands in the block as the list that it is, a typed one as a string.
            boolean legacy = receipt.transaction().type() == 0;
            transactions.add(legacy ? RlpDecoder.decode(raw).getValues().get(0) : RlpString.create(raw));
        }
        RlpList encoded = new RlpList(header.encoded(), new RlpList(transactions), new RlpList());
        return new Block(header.hash(), header, List.copyOf(receipts), RlpEncoder.encode(encoded).length);
    }

    public long number() {
        return header.number();
    }

    public long timestamp() {
        return header.timestamp();
    }

    /** All logs of the block in order. */
    public List<LocatedLog> logs() {
        List<LocatedLog> logs = new ArrayList<>();
        for (TransactionReceipt receipt : receipts) {
            int index = receipt.firstLogIndex();
            for (Log log : receipt.logs()) {
                logs.add(new LocatedLog(log, this, receipt, index++));
            }
        }
        return logs;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;

/**
 * How a transaction ended.
 *
 * @param index of the transaction in its block
 * @param firstLogIndex the index that its first log has in the block
 * @param output what the contract answered, or its error
 */
public record TransactionReceipt(
        Transaction transaction,
        int index,
        boolean succeeded,
        long gasUsed,
        long cumulativeGasUsed,
        BigInteger effectiveGasPrice,
        List<Log> logs,
        int firstLogIndex,
        String output) {

    /** The bloom of the logs, in hex. */
    public String logsBloom() {
        return Bloom.of(logs).hex();
    }

    /** What the receipts' trie of the block holds. */
    byte[] encoded() {
        List<RlpType> encodedLogs = new ArrayList<>();
        for (Log log : logs) {
            List<RlpType> topics = new ArrayList<>();
            log.topics().forEach(topic -> topics.add(bytes(topic)));
            encodedLogs.add(new RlpList(bytes(log.address()), new RlpList(topics), bytes(log.data())));
        }
        byte[] fields = RlpEncoder.encode(new RlpList(
                RlpString.create(BigInteger.valueOf(succeeded ? 1 : 0)),
                RlpString.create(BigInteger.valueOf(cumulativeGasUsed)),
                RlpString.create(Bloom.of(logs).bytes()),
                new RlpList(encodedLogs)));
        if (transaction.type() == 0) {
            return fields;
        }
        byte[] typed = new byte[fields.length + 1];
        typed[0] = (byte) transaction.type();
        System.arraycopy(fields, 0, typed, 1, fields.length);
        return typed;
    }

    private static RlpString bytes(String hex) {
        return RlpString.create(Numeric.hexStringToByteArray(hex));
    }
}

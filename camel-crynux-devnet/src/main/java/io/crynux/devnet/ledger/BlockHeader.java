// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.utils.Numeric;

/**
 * The header of a block by the rules of London; its hash is the hash of its RLP.
 *
 * @param stateRoot not the root of a state trie, which only an EVM has: a digest of the parent's digest and of every nonce and
 *     balance that the block changed
 * @param timestamp in seconds since 1970
 * @param mixHash the number of reorganisations before the block
 */
public record BlockHeader(
        String parentHash,
        String miner,
        String stateRoot,
        String transactionsRoot,
        String receiptsRoot,
        String logsBloom,
        long number,
        long gasLimit,
        long gasUsed,
        long timestamp,
        String mixHash,
        BigInteger baseFee) {

    /** The hash of the empty list of uncles. */
    public static final String NO_UNCLES = "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";

    /** The hash of no block: the genesis block has it for a parent. */
    public static final String ZERO_HASH = "0x" + "0".repeat(64);

    /** The proof-of-work nonce that no block here has. */
    public static final String ZERO_NONCE = "0x" + "0".repeat(16);

    RlpList encoded() {
        return new RlpList(
                bytes(parentHash),
                bytes(NO_UNCLES),
                bytes(miner),
                bytes(stateRoot),
                bytes(transactionsRoot),
                bytes(receiptsRoot),
                bytes(logsBloom),
                number(0),
                number(number),
                number(gasLimit),
                number(gasUsed),
                number(timestamp),
                RlpString.create(new byte[0]),
                bytes(mixHash),
                bytes(ZERO_NONCE),
                RlpString.create(baseFee));
    }

    String hash() {
        return Numeric.toHexString(Hash.sha3(RlpEncoder.encode(encoded())));
    }

    private static RlpString bytes(String hex) {
        return RlpString.create(Numeric.hexStringToByteArray(hex));
    }

    private static RlpString number(long value) {
        return RlpString.create(BigInteger.valueOf(value));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.crypto.Credentials;

/**
 * What the devnet's Relay and nodes see of the chain that they work on. They know the chain only through this, so that
 * the same Relay and nodes can work on top of the devnet's own chain and on any other EVM node.
 *
 * <p>Hashes, addresses and data are lower-case hex strings with the prefix {@code 0x}.
 */
public interface ChainAccess {

    /** The newest block; its timestamp is in seconds since 1970. */
    record Head(long number, String hash, long timestamp) {}

    /** One event log, with its position. */
    record EventLog(
            String address,
            List<String> topics,
            String data,
            long blockNumber,
            String blockHash,
            String transactionHash,
            int logIndex) {}

    /** The newest block. */
    Head head();

    /** The logs of one contract in the blocks {@code fromBlock} to {@code toBlock}, both included, in chain order. */
    List<EventLog> logs(String address, long fromBlock, long toBlock);

    /**
     * Calls a view function at the newest block.
     *
     * @return the ABI-encoded answer
     * @throws ChainAccessException with the revert reason when the call reverts
     */
    String call(String to, String data);

    /**
     * Signs and sends a transaction; does not wait for the block.
     *
     * @return the transaction hash
     * @throws ChainAccessException when the chain refuses it
     */
    String send(Credentials sender, String to, String data, BigInteger value);

    /** What has become of a transaction; {@code reason} is the contract's where it {@code REVERTED}, else empty. */
    record Fate(Kind kind, String reason) {
        /** In what way a transaction ended, if it has. */
        public enum Kind {
            /** Not known: never sent, or dropped; or it waits behind a nonce that no transaction has any more. */
            UNKNOWN,
            /** Not in a block yet. */
            WAITING,
            SUCCEEDED,
            REVERTED
        }
    }

    /** What has become of a transaction, as of now: a reorg can change it. */
    Fate fate(String transactionHash);

    /** Whether a transaction succeeded; empty while it is not in a block. */
    Optional<Boolean> succeeded(String transactionHash);
}

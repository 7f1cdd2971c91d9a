// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.ledger.Reorg;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.utils.Numeric;

/**
 * Reorganises the chain of an anvil: rolls blocks back by anvil's method, and makes others of the same transactions. Nobody
 * may make blocks meanwhile.
 */
final class RemoteReorg {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteReorg.class);
    private static final String ROLLBACK = "anvil_rollback";
    private static final int ADDRESS_BYTES = 20;

    /** A transaction of a replaced block, or one that waits. */
    private record Sent(String from, String raw) {}

    private final JsonRpc rpc;
    private final Runnable miner;
    private long reorgs;

    /** @param miner makes a block */
    RemoteReorg(JsonRpc rpc, Runnable miner) {
        this.rpc = rpc;
        this.miner = miner;
    }

    /**
     * Replaces the newest blocks.
     *
     * @param spared whose transactions are never dropped
     */
    void run(Reorg reorg, String spared) {
        long head = rpc.quantity("eth_blockNumber").longValueExact();
        List<Sent> mined = new ArrayList<>();
        for (long number = head - reorg.depth() + 1; number <= head; number++) {
            rpc.call("eth_getBlockByNumber", JsonRpc.hex(number), true)
                    .path("transactions")
                    .forEach(transaction -> mined.add(sent(transaction)));
        }
        List<Sent> waiting = waiting();
        rpc.control("the devnet cannot reorganise its chain", ROLLBACK, reorg.depth());
        // Transactions that wait behind a nonce that is free again would be evicted.
        rpc.call("anvil_dropAllTransactions");
        makeOthers();
        switch (reorg.transactions()) {
            case MINED_AGAIN -> mined.forEach(this::send);
            case MINED_IN_REVERSE -> reversed(mined).forEach(this::send);
            case DROPPED ->
                mined.stream()
                        .filter(transaction -> transaction.from().equals(spared))
                        .forEach(this::send);
            case PENDING -> {
                // Only after the new blocks.
            }
        }
        for (int i = 0; i < reorg.newBlocks(); i++) {
            miner.run();
        }
        if (reorg.transactions() == Reorg.Transactions.PENDING) {
            mined.forEach(this::send);
        }
        waiting.forEach(this::send);
    }

    /** Blocks with the same transactions in the same second would be the same ones, but for who gets their fees. */
    private void makeOthers() {
        reorgs++;
        String coinbase = Numeric.toHexString(Numeric.toBytesPadded(
                BigInteger.valueOf(System.nanoTime()).shiftLeft(32).add(BigInteger.valueOf(reorgs)), ADDRESS_BYTES));
        rpc.call("anvil_setCoinbase", coinbase);
    }

    private List<Sent> waiting() {
        JsonNode pool = rpc.call("txpool_content");
        List<JsonNode> transactions = new ArrayList<>();
        Stream.of("pending", "queued")
                .forEach(part -> pool.path(part).forEach(ofSender -> ofSender.forEach(transactions::add)));
        return transactions.stream().map(this::sent).toList();
    }

    private Sent sent(JsonNode transaction) {
        String hash = transaction.path("hash").asText();
        String raw = rpc.call("eth_getRawTransactionByHash", hash).asText();
        return new Sent(transaction.path("from").asText(), raw);
    }

    /** The last first, but those of one sender in the order of their nonces. */
    private static List<Sent> reversed(List<Sent> mined) {
        Map<String, Deque<Sent>> bySender = new HashMap<>();
        mined.forEach(transaction -> bySender.computeIfAbsent(transaction.from(), sender -> new ArrayDeque<>())
                .add(transaction));
        List<Sent> reversed = new ArrayList<>(mined);
        Collections.reverse(reversed);
        return reversed.stream()
                .map(transaction -> Optional.ofNullable(bySender.get(transaction.from()))
                        .orElseThrow()
                        .remove())
                .toList();
    }

    private void send(Sent transaction) {
        try {
            rpc.call("eth_sendRawTransaction", transaction.raw());
        } catch (ChainAccessException e) {
            // Its sender has been quick to send another one under the nonce that was free for a moment.
            LOG.info("A reorganisation dropped a transaction of {}: {}", transaction.from(), e.getMessage());
        }
    }
}

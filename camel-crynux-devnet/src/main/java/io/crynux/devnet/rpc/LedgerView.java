// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import io.crynux.devnet.ledger.Block;
import io.crynux.devnet.ledger.CallRequest;
import io.crynux.devnet.ledger.CallResult;
import io.crynux.devnet.ledger.Ledger;
import io.crynux.devnet.ledger.LedgerSettings;
import io.crynux.devnet.ledger.MinedTransaction;
import io.crynux.devnet.ledger.Transaction;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The ledger as a server sees that is some blocks behind, or none. What is sent to it reaches the ledger at once. */
final class LedgerView {
    private final Ledger ledger;
    private final int behind;

    LedgerView(Ledger ledger, int behind) {
        this.ledger = ledger;
        this.behind = behind;
    }

    LedgerSettings settings() {
        return ledger.settings();
    }

    Block head() {
        Block head = ledger.head();
        return behind == 0 ? head : ledger.block(newest(head)).orElse(head);
    }

    private long newest(Block head) {
        return Math.max(0, head.number() - behind);
    }

    private boolean seen(Block block) {
        return behind == 0 || block.number() <= newest(ledger.head());
    }

    Optional<Block> block(long number) {
        return ledger.block(number).filter(this::seen);
    }

    Optional<Block> block(String hash) {
        return ledger.block(hash).filter(this::seen);
    }

    List<Block> blocks(long from, long to) {
        return behind == 0 ? ledger.blocks(from, to) : ledger.blocks(from, Math.min(to, newest(ledger.head())));
    }

    Optional<MinedTransaction> transaction(String hash) {
        return ledger.transaction(hash).filter(mined -> seen(mined.block()));
    }

    /** What is in a block that is not seen yet still waits here. */
    Optional<Transaction> pendingTransaction(String hash) {
        return ledger.pendingTransaction(hash).or(() -> ledger.transaction(hash)
                .filter(mined -> !seen(mined.block()))
                .map(mined -> mined.receipt().transaction()));
    }

    BigInteger balance(String address, long block) {
        return ledger.balance(address, block);
    }

    long nonce(String address, long block) {
        return ledger.nonce(address, block);
    }

    long pendingNonce(String address) {
        return behind == 0 ? ledger.pendingNonce(address) : ledger.nonce(address, newest(ledger.head()));
    }

    String code(String address) {
        return ledger.code(address);
    }

    CallResult call(CallRequest call, long block) {
        return ledger.call(call, block);
    }

    BigInteger baseFee() {
        return behind == 0 ? ledger.baseFee() : head().header().baseFee();
    }

    Transaction submit(String raw) {
        return ledger.submit(raw);
    }
}

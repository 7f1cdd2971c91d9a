// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import io.crynux.devnet.ledger.Block;
import io.crynux.devnet.ledger.CallRequest;
import io.crynux.devnet.ledger.CallResult;
import io.crynux.devnet.ledger.Ledger;
import io.crynux.devnet.ledger.LocatedLog;
import io.crynux.devnet.ledger.RevertReason;
import io.crynux.devnet.ledger.Transaction;
import io.crynux.devnet.ledger.TransactionReceipt;
import io.crynux.devnet.ledger.TransactionRefusedException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** The ledger of this JVM, without the detour over HTTP; transactions are signed and sent raw all the same. */
final class LedgerAccess implements ChainAccess {
    private static final String NOBODY = "0x" + "0".repeat(40);
    private static final BigInteger GAS_LIMIT = BigInteger.valueOf(3_000_000);
    private static final BigInteger PRIORITY_FEE = BigInteger.TEN.pow(9);
    private static final int WORD_BYTES = 32;
    private static final int LOWER_V = 27;

    private final Ledger ledger;
    private final boolean signing;
    /** One lock per sender: between reading its nonce and sending nobody else may take the nonce. */
    private final Map<String, Object> senders = new ConcurrentHashMap<>();

    /** @param signing whether transactions are really signed; otherwise the ledger does not check them */
    LedgerAccess(Ledger ledger, boolean signing) {
        this.ledger = ledger;
        this.signing = signing;
    }

    @Override
    public Head head() {
        Block head = ledger.head();
        return new Head(head.number(), head.hash(), head.timestamp());
    }

    @Override
    public List<EventLog> logs(String address, long fromBlock, long toBlock) {
        String wanted = address.toLowerCase(Locale.ROOT);
        List<EventLog> logs = new ArrayList<>();
        for (Block block : ledger.blocks(fromBlock, toBlock)) {
            for (LocatedLog log : block.logs()) {
                if (log.log().address().equals(wanted)) {
                    logs.add(eventLog(log));
                }
            }
        }
        return logs;
    }

    private static EventLog eventLog(LocatedLog located) {
        return new EventLog(
                located.log().address(),
                located.log().topics(),
                located.log().data(),
                located.block().number(),
                located.block().hash(),
                located.receipt().transaction().hash(),
                located.logIndex());
    }

    @Override
    public String call(String to, String data) {
        long gas = ledger.settings().blockGasLimit();
        CallRequest request = new CallRequest(NOBODY, to.toLowerCase(Locale.ROOT), gas, BigInteger.ZERO, data, true);
        CallResult result = ledger.call(request);
        if (!result.succeeded()) {
            String reason = RevertReason.of(result.output());
            throw new ChainAccessException(reason.isEmpty() ? "execution reverted" : reason);
        }
        return result.output();
    }

    @Override
    public String send(Credentials sender, String to, String data, BigInteger value) {
        synchronized (senders.computeIfAbsent(sender.getAddress(), address -> new Object())) {
            RawTransaction transaction = RawTransaction.createTransaction(
                    ledger.settings().chainId(),
                    BigInteger.valueOf(ledger.pendingNonce(sender.getAddress())),
                    GAS_LIMIT,
                    to,
                    value,
                    data,
                    PRIORITY_FEE,
                    // Room for a base fee that rises while the transaction waits.
                    ledger.baseFee().shiftLeft(1).add(PRIORITY_FEE));
            try {
                return submit(transaction, sender).hash();
            } catch (TransactionRefusedException e) {
                throw new ChainAccessException(e.getMessage(), e);
            }
        }
    }

    private Transaction submit(RawTransaction transaction, Credentials sender) {
        if (signing) {
            return ledger.submit(Numeric.toHexString(TransactionEncoder.signMessage(transaction, sender)));
        }
        // The sender in the place of the signature keeps equal transactions of two senders from having one hash.
        byte[] from = Numeric.toBytesPadded(Numeric.toBigInt(sender.getAddress()), WORD_BYTES);
        byte[] encoded = TransactionEncoder.encode(transaction, new Sign.SignatureData((byte) LOWER_V, from, from));
        return ledger.submitFrom(sender.getAddress(), Numeric.toHexString(encoded));
    }

    @Override
    public Optional<Boolean> succeeded(String transactionHash) {
        return ledger.transaction(transactionHash).map(mined -> mined.receipt().succeeded());
    }

    @Override
    public Fate fate(String transactionHash) {
        boolean waited = waitsItsTurn(transactionHash);
        return ledger.transaction(transactionHash)
                .map(mined -> fate(mined.receipt()))
                .orElseGet(() -> {
                    // Asked before and after: a block or a reorg in between must not make it look forgotten.
                    boolean waits = waited || waitsItsTurn(transactionHash);
                    return new Fate(waits ? Fate.Kind.WAITING : Fate.Kind.UNKNOWN, "");
                });
    }

    private boolean waitsItsTurn(String transactionHash) {
        return ledger.pendingTransaction(transactionHash)
                .filter(waiting -> waiting.nonce() < ledger.pendingNonce(waiting.from()))
                .isPresent();
    }

    private static Fate fate(TransactionReceipt receipt) {
        return receipt.succeeded()
                ? new Fate(Fate.Kind.SUCCEEDED, "")
                : new Fate(Fate.Kind.REVERTED, RevertReason.of(receipt.output()));
    }
}

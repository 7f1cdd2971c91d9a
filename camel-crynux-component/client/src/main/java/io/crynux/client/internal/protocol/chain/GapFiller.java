// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.journal.LaneRecord;
import java.math.BigInteger;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transfer of 0 CNX from the wallet to itself, with a nonce that holds up the wallet's payments because no transaction has it.
 * Whatever else may turn up with that nonce, no task is paid twice. Used on the engine's loop only.
 */
final class GapFiller extends LaneTransaction {
    private static final Logger LOG = LoggerFactory.getLogger(GapFiller.class);
    private static final String KEY = "gap-";

    private GapFiller(ChainProtocol protocol, LaneRecord record) {
        super(protocol, record);
    }

    /** Fills the lowest gap, where there is one and nobody fills it already. */
    static void fill(ChainProtocol protocol) {
        if (protocol.isStopping() || protocol.tasks.isGapBeingFilled()) {
            return;
        }
        new GapFiller(protocol, unsigned(protocol, KEY + UUID.randomUUID(), null)).start();
    }

    /** An earlier process signed it. */
    static GapFiller recovered(ChainProtocol protocol, LaneRecord record) {
        GapFiller filler = new GapFiller(protocol, record);
        filler.recover();
        return filler;
    }

    static boolean isRecordOfOne(LaneRecord record) {
        return record.key().startsWith(KEY);
    }

    @Override
    String name() {
        return isSigned()
                ? "the transfer of 0 CNX that fills nonce " + payments().get(0).nonce()
                : "the transfer of 0 CNX that fills a missing nonce";
    }

    @Override
    CompletableFuture<SendOutcome> send(
            Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        return protocol.network.fillGap(beforeSign, beforeSend);
    }

    @Override
    void onSent() {
        LOG.warn(
                "Nonce {} of the wallet was missing: the chain expects it, and the wallet's payments that are not in a block"
                        + " have higher ones. The wallet sent itself 0 CNX with it, in {}, so that they can be mined",
                payments().get(0).nonce(),
                hash());
    }

    @Override
    void onFailed(CrynuxException error) {
        LOG.warn("A missing nonce of the wallet could not be filled: {}", error.getMessage());
    }

    @Override
    TransactionRevertedException reverted(String reason) {
        return new TransactionRevertedException(name() + " (" + hash() + ") was reverted", facts(), reason);
    }

    @Override
    TransactionRevertedException superseded() {
        return new TransactionRevertedException(
                name() + " (" + hash() + ") is not needed any more: another transaction of the wallet used the nonce",
                facts(),
                null);
    }

    @Override
    TaskFacts facts() {
        return new TaskFacts(null, isSigned() ? hash() : null, null, null);
    }
}

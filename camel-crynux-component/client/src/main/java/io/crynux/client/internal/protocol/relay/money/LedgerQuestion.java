// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.money;

import io.crynux.client.internal.protocol.relay.api.LedgerPage;
import io.crynux.client.internal.protocol.relay.api.LedgerPage.LedgerRecord;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A question about one task, while the ledger is read for it. */
final class LedgerQuestion {
    private final String commitment;
    private final Instant since;
    private final Instant settledAt;
    private final CompletableFuture<LedgerFate> answer = new CompletableFuture<>();
    private final Set<BigInteger> counted = new HashSet<>();
    private LedgerFate fate = LedgerFate.of(LedgerFate.State.INCOMPLETE);

    /**
     * @param since records before are not the task's
     * @param settledAt when the last record was due
     */
    LedgerQuestion(String commitment, Instant since, Instant settledAt) {
        this.commitment = commitment;
        this.since = since;
        this.settledAt = settledAt;
    }

    CompletableFuture<LedgerFate> answer() {
        return answer;
    }

    Instant since() {
        return since;
    }

    Instant settledAt() {
        return settledAt;
    }

    /** A record may come twice, when newer ones move it to the next page. */
    void read(LedgerRecord found) {
        if (!found.commitment().equals(commitment) || !counted.add(found.id())) {
            return;
        }
        if (found.type() == LedgerPage.PAYMENT) {
            fate = fate.paid(found.amountWei());
        } else if (found.type() == LedgerPage.REFUND) {
            fate = fate.refunded(found.amountWei());
        }
    }

    void end(LedgerFate.State state) {
        answer.complete(fate.as(state));
    }
}

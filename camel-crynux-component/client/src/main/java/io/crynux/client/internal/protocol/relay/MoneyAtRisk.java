// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.error.TaskFacts;
import io.crynux.client.internal.protocol.relay.life.Life;
import io.crynux.client.internal.protocol.relay.life.Outcome;
import io.crynux.client.internal.protocol.relay.life.SubState;
import io.crynux.client.internal.protocol.relay.life.Terms;
import java.math.BigInteger;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is lost of the tasks that a client leaves, unless a process validates them in time. Used on the engine's loop only. */
final class MoneyAtRisk {
    private static final Logger LOG = LoggerFactory.getLogger(MoneyAtRisk.class);
    private static final Set<SubState> NOT_VALIDATED = EnumSet.of(
            SubState.POSTED,
            SubState.CREATED,
            SubState.SAMPLED_1,
            SubState.SAMPLED_2,
            SubState.SAMPLED_3,
            SubState.READY,
            SubState.VALIDATION_SENT);

    private int tasks;
    private BigInteger wei = BigInteger.ZERO;

    /** The client leaves a request. */
    void add(Life life, Terms terms) {
        if (NOT_VALIDATED.contains(SubState.of(life))) {
            tasks++;
            wei = wei.add(Outcome.of(life, terms).money().spentWei().max(terms.feeWei()));
        }
    }

    /** One warning for all of them. */
    void report(Duration window) {
        if (tasks > 0) {
            LOG.warn(
                    "{} tasks are not validated, and up to {} are lost unless a process with this journal, or with this wallet, runs"
                            + " again within {} after their nodes report",
                    tasks,
                    TaskFacts.cnx(wei),
                    RelayReports.minutes(window));
        }
    }
}

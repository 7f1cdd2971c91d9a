// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.fault;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.fault.HttpFaults;
import java.time.Duration;
import java.util.Locale;

/**
 * Faults of one of the Relay's calls, or of all. {@link #down} closes the connection before the Relay has read the request;
 * {@link #loseAnswer} does so after the Relay has done what was asked.
 */
public final class CallFaults extends HttpFaults {
    CallFaults(RelayCall call) {
        super(call == RelayCall.ANY ? "relay" : "relay " + call.name().toLowerCase(Locale.ROOT), call::is);
    }

    /** Does what is asked, and closes the connection without a byte of an answer. */
    public Fault loseAnswer() {
        return add("answers lost", (exchange, usual) -> {
            exchange.putAttachment(AnswerFault.KEY, AnswerFault.lost());
            usual.handleRequest(exchange);
        });
    }

    /** Does what is asked at once, and answers later; {@link #slow} does both later. */
    public Fault lateAnswer(Duration delay) {
        return add("answers late by " + delay.toMillis() + " ms", (exchange, usual) -> {
            exchange.putAttachment(AnswerFault.KEY, AnswerFault.late(delay));
            usual.handleRequest(exchange);
        });
    }
}

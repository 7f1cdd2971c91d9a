// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.fault;

import java.util.List;

/** The faults of a network of today that can be switched on by name, with what they do and their parameters. */
public enum RelayNetworkFault {
    DOWN("relay.down", "The connection is closed before the Relay reads the request. Nothing is done.", "call"),
    RESPOND_429("relay.respond429", "Status 429, with or without Retry-After. Nothing is done.", "call", "retryAfter"),
    RESPOND("relay.respond", "An HTML page with a status, as proxies send it. Nothing is done.", "call", "status"),
    RESPOND_BODY("relay.respondBody", "Status 200 with a given body. Nothing is done.", "call", "body"),
    SLOW("relay.slow", "The request is carried out and answered later.", "call", "delay"),
    TRUNCATE(
            "relay.truncate", "The request is carried out. The connection is closed after half of the answer.", "call"),
    NEVER_ANSWER("relay.neverAnswer", "The request is accepted and never answered. Nothing is done.", "call"),
    RESPOND_ENDLESSLY("relay.respondEndlessly", "Status 200 and a body that never ends. Nothing is done.", "call"),
    LOSE_ANSWER("relay.loseAnswer", "The request is carried out. The connection is closed without an answer.", "call"),
    LATE_ANSWER("relay.lateAnswer", "The request is carried out at once and answered later.", "call", "delay"),
    DATABASE_AWAY(
            "relay.databaseAway",
            "The Relay's database cannot be reached. Calls that need it get status 500, and no task starts, ends or is booked."
                    + " Clock and balance are answered."),
    WITHDRAW_WHITELIST(
            "relay.withdrawWhitelist",
            "No creator is on the whitelist. Creations are refused, repeated ones too. Reading, cancelling and validating"
                    + " continue."),
    CLOCK_SKEW(
            "relay.clockSkew",
            "The Relay's clock is wrong for signatures and in /v1/now. Deadlines keep the right time.",
            "seconds"),
    LATE_EVENTS("relay.lateEvents", "Rows of the event log appear after rows with higher ids.", "delay"),
    EVENT_GAPS("relay.eventGaps", "Ids are left out before rows of the event log.", "ids"),
    NODE_ERROR("nodes.error", "A node reports invalid parameters instead of a score."),
    NODE_HANG("nodes.hang", "A node never sends a score. The execution times out."),
    NODE_CHEAT("nodes.cheat", "A node computes a wrong result, each time another one."),
    NODE_COLLUDE(
            "nodes.collude", "A node computes a wrong result, each time the same. Two of them outvote a third one."),
    NODE_SLOW("nodes.slow", "A node takes longer to compute.", "work"),
    NODE_NEVER_UPLOAD("nodes.neverUpload", "A node sends its score and never uploads the files. The upload times out."),
    NODE_UPLOAD_LATE("nodes.uploadLate", "A node uploads the files later after the validation.", "delay"),
    NODE_PAUSE("nodes.pause", "No task starts.");

    private final String id;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of() is immutable.
    private final List<String> parameters;

    RelayNetworkFault(String id, String description, String... parameters) {
        this.id = id;
        this.description = description;
        this.parameters = List.of(parameters);
    }

    /** The name over HTTP: the part of the network and the method of the Java API, such as {@code relay.loseAnswer}. */
    public String id() {
        return id;
    }

    /** What happens, in sentences for the documentation. */
    public String description() {
        return description;
    }

    /**
     * Names of the parameters over HTTP. {@code call} is one of {@link RelayCall} and may be missing, which means any; {@code
     * retryAfter} may be missing too.
     */
    public List<String> parameters() {
        return parameters;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

/** The calls of the Relay's API, as the table of its answers names them. */
public enum CallName {
    CREATE("creating a task"),
    GET("reading a task"),
    CANCEL("cancelling a task"),
    VALIDATE("validating a task"),
    RESULT("downloading a result"),
    CHECKPOINT("downloading a checkpoint"),
    EVENTS("reading events"),
    CURRENT_EVENT("reading the id of the newest event"),
    NOW("reading the Relay's time"),
    BALANCE("reading the balance"),
    LOGIN("logging in"),
    LEDGER("reading the ledger"),
    NODES("reading the list of nodes"),
    NODE_NUMBER("reading the number of nodes"),
    QUEUE("reading the length of the queue"),
    MODELS("reading the loaded models"),
    NODE("reading a node"),
    EXECUTION_TIME("reading the execution time of a model");

    private final String what;

    CallName(String what) {
        this.what = what;
    }

    /** For messages, such as "reading a task". */
    public String what() {
        return what;
    }
}

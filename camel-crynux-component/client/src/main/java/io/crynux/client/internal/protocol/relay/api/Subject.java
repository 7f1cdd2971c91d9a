// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

/** What a refusal is about, so that a message can name the option. */
public enum Subject {
    /** The task's parameters. */
    PARAMETERS,
    /** The fee is not an amount of wei. */
    FEE,
    /** The Relay account's balance is too low. */
    BALANCE,
    /** The Relay admits known creators only. */
    WHITELIST,
    /** The signature's key or address. */
    KEY,
    TASK_VERSION,
    /** Fine-tuning needs the time that it may take. */
    EXECUTION_TIMEOUT,
    CHECKPOINT,
    /** The request is larger than the Relay or its database accepts. */
    BODY_SIZE,
    /** Task id, proof or public key. */
    PROOF,
    /** The request is not what the API expects: a bug here, or another version of the Relay. */
    REQUEST
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.event;

import java.time.Instant;

/**
 * A row of the log.
 *
 * @param type such as {@code TaskStarted}
 * @param node address of the node, or of the issuer of an abort
 * @param commitment of the task; empty where it is about none
 * @param args a JSON object as text
 * @param at when it was written
 */
public record EventRow(long id, String type, String node, String commitment, String args, Instant at) {
    EventRow at(Instant when) {
        return new EventRow(id, type, node, commitment, args, when);
    }
}

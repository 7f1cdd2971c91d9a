// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

/** The generations of the Crynux network that a devnet can be. */
public enum Protocol {
    /** The classic network: tasks are created and paid by a contract on a chain. */
    CHAIN,
    /** The network of today: a Relay has accounts, queue and results; no chain is needed for tasks. */
    RELAY
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.util.Locale;

/** The protocols that a Crynux network can speak. The component speaks the first of them so far. */
enum Protocol {
    /** The classic network: tasks are created and paid by transactions of a chain. */
    CHAIN,
    /** Tasks are created at the network's Relay. */
    RELAY,
    /** Tasks are handed to a hosted Bridge. */
    BRIDGE;

    /** The name as users write it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

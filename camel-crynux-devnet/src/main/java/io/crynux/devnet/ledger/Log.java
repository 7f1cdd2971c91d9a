// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.util.List;

/** What a contract logged: one to four topics, and data. */
public record Log(String address, List<String> topics, String data) {
    public Log {
        topics = List.copyOf(topics);
    }
}

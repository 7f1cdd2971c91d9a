// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.node;

/** What a node does; {@link #code} is the number that the Relay answers with. */
public enum NodeStatus {
    /** Not in the network any more. */
    LEFT(0),
    IDLE(1),
    BUSY(2),
    /** Leaves as soon as its task has ended. */
    LEAVING(4);

    private final int code;

    NodeStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}

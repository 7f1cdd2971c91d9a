// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.util.Arrays;

/** Status of a node in the Node contract. */
public enum NodeStatus {
    /** Has not joined, has left, or was removed. */
    QUIT(0),
    /** Free for a task. */
    AVAILABLE(1),
    BUSY(2),
    /** Busy; pauses after its task. */
    PENDING_PAUSE(3),
    /** Busy; leaves after its task. */
    PENDING_QUIT(4),
    PAUSED(5);

    private final int number;

    NodeStatus(int number) {
        this.number = number;
    }

    static NodeStatus of(int number) {
        return Arrays.stream(values())
                .filter(status -> status.number == number)
                .findFirst()
                .orElseThrow();
    }

    /** The number that the contract has for it. */
    int number() {
        return number;
    }

    /** Works on a task, whatever it will do afterwards. */
    boolean working() {
        return this == BUSY || this == PENDING_PAUSE || this == PENDING_QUIT;
    }
}

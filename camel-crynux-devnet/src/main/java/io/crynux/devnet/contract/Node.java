// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.math.BigInteger;

/** A node that has joined. */
record Node(Status status, Gpu gpu, BigInteger stake) {

    enum Status {
        QUIT(0),
        AVAILABLE(1),
        BUSY(2),
        PENDING_PAUSE(3),
        PENDING_QUIT(4),
        PAUSED(5);

        private final int number;

        Status(int number) {
            this.number = number;
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

    Node with(Status newStatus) {
        return new Node(newStatus, gpu, stake);
    }
}

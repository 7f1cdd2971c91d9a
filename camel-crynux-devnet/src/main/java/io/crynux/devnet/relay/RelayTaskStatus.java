// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

/** Where a task stands at the Relay. */
enum RelayTaskStatus {
    CREATED_ON_CHAIN(0),
    PARAMETERS_UPLOADED(1),
    ABORTED(2),
    PENDING_RESULTS(3),
    RESULTS_UPLOADED(4);

    private final int number;

    RelayTaskStatus(int number) {
        this.number = number;
    }

    /** The number in the Relay's answers. */
    int number() {
        return number;
    }
}

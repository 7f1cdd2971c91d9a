// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import java.util.Arrays;
import java.util.Optional;

/** How far the Relay says that a task has come (classic protocol, section 2). It follows the chain from behind. */
public enum RelayTaskState {
    /** On the chain; its parameters are not there. */
    CREATED(0),
    /** Its parameters are there. */
    PARAMETERS_UPLOADED(1),
    /** The network gave it up. */
    ABORTED(2),
    /** The nodes agreed on a result, which is not there. */
    PENDING_RESULTS(3),
    /** Its result can be downloaded. */
    RESULTS_UPLOADED(4);

    private final int status;

    RelayTaskState(int status) {
        this.status = status;
    }

    static Optional<RelayTaskState> of(int status) {
        return Arrays.stream(values()).filter(state -> state.status == status).findFirst();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import java.util.Arrays;
import java.util.Optional;

/** State of a task at the Relay (classic protocol, section 2), which lags behind the chain. */
public enum RelayTaskState {
    /** On the chain, without parameters. */
    CREATED(0),
    /** The parameters are uploaded. */
    PARAMETERS_UPLOADED(1),
    /** The network aborted the task. */
    ABORTED(2),
    /** The nodes agreed on a result, which is not uploaded. */
    PENDING_RESULTS(3),
    /** The result can be downloaded. */
    RESULTS_UPLOADED(4);

    private final int status;

    RelayTaskState(int status) {
        this.status = status;
    }

    static Optional<RelayTaskState> of(int status) {
        return Arrays.stream(values()).filter(state -> state.status == status).findFirst();
    }
}

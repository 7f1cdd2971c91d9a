// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import io.crynux.devnet.fault.Fault;
import java.time.Duration;
import java.util.List;

/**
 * How the three nodes of one task behave.
 *
 * @param roles by round
 * @param withheld why the chosen node does not upload the files; null when it does
 * @param delay how long it does not upload them
 */
record TaskPlan(List<NodeRole> roles, Fault withheld, Duration delay) {
    TaskPlan {
        roles = List.copyOf(roles);
    }

    NodeRole role(int round) {
        return roles.get(round);
    }

    /** Whether a node that was chosen that long ago uploads the files. */
    boolean uploads(Duration ago) {
        return withheld == null || withheld.isOver() || ago.compareTo(delay) >= 0;
    }
}

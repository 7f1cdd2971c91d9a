// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import io.crynux.devnet.fault.Fault;
import java.util.List;

/**
 * How the three nodes of one task behave.
 *
 * @param roles by round
 * @param withheld why the chosen node does not upload the files; null when it does
 */
record TaskPlan(List<NodeRole> roles, Fault withheld) {
    TaskPlan {
        roles = List.copyOf(roles);
    }

    NodeRole role(int round) {
        return roles.get(round);
    }

    /** Whether the chosen node uploads the files now. */
    boolean uploads() {
        return withheld == null || withheld.isOver();
    }
}

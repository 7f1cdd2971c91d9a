// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.time.Duration;

/**
 * One line of the table.
 *
 * @param inFlight number of tasks in flight at any time
 * @param tasks number of measured tasks
 * @param warmUp number of tasks before the measurement
 * @param held whether no node starts until every task is paid and its parameters are uploaded
 * @param pollInterval of the route
 */
record Scenario(Kind kind, int inFlight, int tasks, int warmUp, boolean held, Duration pollInterval) {
    enum Kind {
        COMPONENT,
        NAIVE
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.time.Duration;

/**
 * One line of the table.
 *
 * @param inFlight tasks that are under way at any time
 * @param tasks that are measured
 * @param warmUp tasks that run before
 * @param held whether no node works until every task is paid for and its parameters are uploaded
 * @param pollInterval how often the route looks for news
 */
record Scenario(Kind kind, int inFlight, int tasks, int warmUp, boolean held, Duration pollInterval) {
    enum Kind {
        COMPONENT,
        NAIVE
    }
}

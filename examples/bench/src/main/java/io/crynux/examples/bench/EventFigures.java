// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.util.List;

/** Results of {@link EventBench}. */
record EventFigures(List<Delay> delays, List<Replay> replays, List<Idle> idle) {

    /**
     * Delay from the block with TaskSuccess to the route's first step.
     *
     * @param pollMillis the component's pollInterval
     * @param median in milliseconds
     * @param p99 in milliseconds
     * @param load the machine's load average of the last minute at the start
     */
    record Delay(long pollMillis, boolean webSocket, int samples, double median, double p99, double load) {}

    /**
     * Past events, read by a route that does nothing.
     *
     * @param eventTypes that the route wants
     * @param past number of events of all types on the chain
     * @param exchanges number of exchanges of the route
     * @param startSeconds from the start of the Camel context to the first exchange
     * @param seconds from the first exchange to the last
     * @param perSecond exchanges per second in that time
     * @param perSecondLater the same for the second half, when most code is compiled
     * @param cpuMicros CPU time of the client's whole process per exchange, from the start of the context on
     * @param rpcCalls total number of JSON-RPC calls; each call of a batch counts
     * @param heapInUse after all events and a garbage collection, in MiB
     * @param heapMost maximum including garbage, in MiB
     * @param load the machine's load average of the last minute at the start
     */
    record Replay(
            String eventTypes,
            boolean offsets,
            int past,
            int exchanges,
            double startSeconds,
            double seconds,
            double perSecond,
            double perSecondLater,
            double cpuMicros,
            long rpcCalls,
            double heapInUse,
            double heapMost,
            double load) {}

    /**
     * Polls that find nothing.
     *
     * @param grows whether each of them finds a new, empty block
     * @param rpcCalls total number of JSON-RPC calls, including the polls
     */
    record Idle(boolean grows, long polls, long rpcCalls, double load) {}
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.util.List;

/** What {@link EventBench} has measured. */
record EventFigures(List<Delay> delays, List<Replay> replays, List<Idle> idle) {

    /**
     * From the block with TaskSuccess to the route's first step.
     *
     * @param pollMillis the component's pollInterval
     * @param median in milliseconds
     * @param p99 in milliseconds
     * @param load the machine's load average of the last minute when it began
     */
    record Delay(long pollMillis, boolean webSocket, int samples, double median, double p99, double load) {}

    /**
     * Past events into a route that does nothing.
     *
     * @param eventTypes that the route wants
     * @param past events of all types that the chain has
     * @param exchanges those that the route got
     * @param startSeconds from the start of the Camel context to the first exchange
     * @param seconds from the first exchange to the last
     * @param perSecond exchanges by that time
     * @param perSecondLater the same of the second half, when most code is compiled
     * @param cpuMicros CPU time of the client's whole process per exchange, from the start of the context on
     * @param rpcCalls JSON-RPC calls in all, each of a batch by itself
     * @param heapInUse after a collection, when all are handled, in MiB
     * @param heapMost garbage included, in MiB
     * @param load the machine's load average of the last minute when it began
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
     * @param grows whether each of them finds a new block, which is empty
     * @param rpcCalls JSON-RPC calls in all, those that are the polls included
     */
    record Idle(boolean grows, long polls, long rpcCalls, double load) {}
}

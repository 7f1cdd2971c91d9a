// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.util.Map;

/**
 * What was measured of one scenario.
 *
 * @param load the machine's load average of the last minute when it began
 * @param paidPerSecond tasks until all were paid for and uploaded, by the time that took; 0 where nodes work at once
 * @param millis how long half of the tasks took at most, from the prompt to the step after it
 * @param rpcCalls JSON-RPC calls per task, each call of a batch by itself, as the network counts
 * @param relayRequests requests to the Relay per task, whatever the answer
 * @param uploads requests to upload parameters per task
 * @param routeThreads most threads of the route and its HTTP client
 * @param threads most threads of the JVM
 * @param heapMost most heap in use, garbage included, in MiB
 * @param heapInUse heap after a collection while the tasks are in flight, in MiB
 * @param kilobytesPerTask what that is more than before, by the tasks in flight, in KiB
 * @param cpuMillis CPU time of the client's process per task, with compiler and garbage collector
 * @param delayMedian milliseconds from the block with TaskResultUploaded to the step after the task
 * @param delayP99 the same, not exceeded by 99 of 100 tasks
 */
record Figures(
        Scenario.Kind route,
        int inFlight,
        int tasks,
        int failed,
        double load,
        double seconds,
        double tasksPerSecond,
        double paidPerSecond,
        double millis,
        double rpcCalls,
        Map<String, Double> rpcCallsByMethod,
        double relayRequests,
        double uploads,
        int routeThreads,
        int threads,
        Map<Census.Group, Integer> threadsByGroup,
        double heapMost,
        double heapInUse,
        double kilobytesPerTask,
        double cpuMillis,
        double delayMedian,
        double delayP99) {}

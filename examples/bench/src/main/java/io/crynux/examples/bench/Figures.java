// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.util.Map;

/**
 * Results of one scenario.
 *
 * @param load the machine's load average of the last minute at the start
 * @param paidPerSecond tasks paid and uploaded per second; 0 if nodes start at once
 * @param millis median time from the prompt to the step after the task
 * @param rpcCalls JSON-RPC calls per task as counted by the network; each call of a batch counts
 * @param relayRequests requests to the Relay per task, including refused ones
 * @param uploads requests to upload parameters per task
 * @param routeThreads maximum number of threads of the route and its HTTP client
 * @param threads maximum number of threads of the JVM
 * @param heapMost maximum heap in use including garbage, in MiB
 * @param heapInUse heap after a garbage collection while the tasks are in flight, in MiB
 * @param kilobytesPerTask increase of the heap per task in flight, in KiB
 * @param cpuMillis CPU time of the client's process per task, including JIT compiler and garbage collector
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

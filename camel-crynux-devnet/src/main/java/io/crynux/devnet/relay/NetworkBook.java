// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import io.crynux.devnet.watch.TaskEvent;
import io.crynux.devnet.watch.TaskEventListener;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The network's numbers: which nodes there are and which are busy, how many tasks there were, run and wait. */
final class NetworkBook implements TaskEventListener {
    private static final double TFLOPS_OF_A_NODE = 82.58;

    private final List<NetworkNode> nodes;
    private final Set<String> busy = new HashSet<>();
    private final Set<BigInteger> queued = new HashSet<>();
    private final Set<BigInteger> running = new HashSet<>();
    private long total;

    NetworkBook(List<NetworkNode> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** How many nodes there are and how many work on a task. */
    record NodeNumbers(int all, int busy) {}

    /** How many tasks were ever created, are worked on, and wait for nodes. */
    record TaskNumbers(long total, int running, int queued) {}

    List<NetworkNode> nodes() {
        return nodes;
    }

    /** What the nodes compute together; each counts as an RTX 4090, whatever it is called. */
    double tflops() {
        return nodes.size() * TFLOPS_OF_A_NODE;
    }

    synchronized NodeNumbers nodeNumbers() {
        return new NodeNumbers(nodes.size(), busy.size());
    }

    synchronized TaskNumbers taskNumbers() {
        return new TaskNumbers(total, running.size(), queued.size());
    }

    @Override
    public synchronized void added(TaskEvent event) {
        BigInteger id = event.taskId();
        if (event instanceof TaskEvent.Pending) {
            total++;
            queued.add(id);
        } else if (event instanceof TaskEvent.Started started) {
            busy.add(started.node());
            queued.remove(id);
            running.add(id);
        } else if (event instanceof TaskEvent.NodeReleased released) {
            busy.remove(released.node());
        } else if (event instanceof TaskEvent.Aborted || event instanceof TaskEvent.ResultUploaded) {
            queued.remove(id);
            running.remove(id);
        }
    }

    @Override
    public synchronized void removed(TaskEvent event) {
        BigInteger id = event.taskId();
        if (event instanceof TaskEvent.Pending) {
            total--;
            queued.remove(id);
        } else if (event instanceof TaskEvent.Started started) {
            busy.remove(started.node());
            running.remove(id);
            queued.add(id);
        } else if (event instanceof TaskEvent.NodeReleased released) {
            busy.add(released.node());
        } else if (event instanceof TaskEvent.ResultUploaded) {
            running.add(id);
        }
    }
}

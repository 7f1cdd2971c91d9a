// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import io.crynux.devnet.chain.ChainAccessException;
import io.crynux.devnet.result.TaskOutput;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's part in one task. Facts come in by its methods, in whatever order; {@link #advance} does what they allow
 * and has not been done.
 */
final class NodeJob {
    private static final Logger LOG = LoggerFactory.getLogger(NodeJob.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int MAX_SENDS = 5;

    /** Five minutes of pauses: more than any Relay is behind the chain. */
    private static final int MAX_UPLOADS = 1500;

    /** The node's surroundings: where its transactions and files go, and what runs it later. */
    interface Surroundings {
        void send(SimulatedNode node, String data);

        void upload(BigInteger taskId, TaskOutput output, SimulatedNode node) throws NodeRelay.NotAcceptedException;

        void later(Duration delay, Runnable step);
    }

    private final BigInteger taskId;
    private final BigInteger round;
    private final SimulatedNode node;
    private final Surroundings around;

    // Facts: volatile, so that whoever brings one does not wait for a step that is under way.
    private volatile boolean ended;
    private volatile TaskOutput output;
    private volatile boolean impossible;
    private volatile boolean commitmentsReady;
    private volatile boolean chosen;

    // What was done.
    private boolean begun;
    private boolean committed;
    private boolean disclosed;
    private boolean uploaded;
    private int failedSends;
    private int failedUploads;

    NodeJob(BigInteger taskId, BigInteger round, SimulatedNode node, Surroundings around) {
        this.taskId = taskId;
        this.round = round;
        this.node = node;
        this.around = around;
    }

    SimulatedNode node() {
        return node;
    }

    /** Whether the caller is the one to begin with the work: true once. */
    synchronized boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    void output(TaskOutput made) {
        output = made;
    }

    void impossible() {
        impossible = true;
    }

    void commitmentsReady(boolean now) {
        commitmentsReady = now;
    }

    /** The chain wants this node's files. */
    void chosen(boolean now) {
        chosen = now;
    }

    /** The node is released, or the chain has taken its task back. */
    void end() {
        ended = true;
    }

    /** Does the next step, if there is one to be done now. */
    synchronized void advance() {
        if (ended) {
            return;
        }
        if (impossible) {
            if (!committed) {
                committed = send(TaskCalls.reportError(taskId, round));
            }
        } else if (output != null && !committed) {
            byte[] nonce = new byte[32];
            RANDOM.nextBytes(nonce);
            committed = send(TaskCalls.commit(taskId, round, output.hash(), nonce));
        } else if (committed && commitmentsReady && !disclosed) {
            disclosed = send(TaskCalls.disclose(taskId, round, output.hash()));
        } else if (disclosed && chosen && !uploaded) {
            uploaded = upload() && send(TaskCalls.reportUploaded(taskId, round));
        }
    }

    private boolean send(String data) {
        try {
            around.send(node, data);
            failedSends = 0;
            return true;
        } catch (ChainAccessException e) {
            failedSends++;
            if (failedSends < MAX_SENDS) {
                LOG.debug("Task {}, node {}: the chain refuses a transaction; trying again", taskId, node.address(), e);
                around.later(PAUSE, this::advance);
            } else {
                LOG.warn("Task {}, node {}: the chain refuses a transaction; given up", taskId, node.address(), e);
                ended = true;
            }
            return false;
        }
    }

    /** The Relay is a little behind the chain: it cannot know yet that the files are wanted. */
    private boolean upload() {
        try {
            around.upload(taskId, output, node);
            return true;
        } catch (NodeRelay.NotAcceptedException e) {
            failedUploads++;
            if (failedUploads < MAX_UPLOADS) {
                LOG.debug("Task {}, node {}: {}; trying again", taskId, node.address(), e.getMessage());
                around.later(PAUSE, this::advance);
            } else {
                LOG.warn("Task {}, node {}: the Relay refuses the files; given up", taskId, node.address(), e);
                ended = true;
            }
            return false;
        }
    }
}

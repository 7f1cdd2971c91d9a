// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import io.crynux.devnet.chain.ChainAccess.Fate;
import io.crynux.devnet.chain.ChainAccessException;
import io.crynux.devnet.result.TaskOutput;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's part in one task. Facts come in by its methods, in whatever order; {@link #advance} does what they allow
 * and has not been done. While the node works, it looks every now and then whether its transactions still are on the chain.
 */
final class NodeJob {
    private static final Logger LOG = LoggerFactory.getLogger(NodeJob.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int MAX_FAILURES = 5;

    /** Five minutes of pauses: more than any Relay is behind the chain. */
    private static final int MAX_UPLOADS = 1500;

    /** The node's surroundings: where its transactions and files go, and what runs it later. */
    interface Surroundings {
        /** Sends a transaction and returns its hash. */
        String send(SimulatedNode node, String data);

        Fate fate(String transactionHash);

        /** Tells at once what is new on the chain; not to be called by who holds a job's monitor. */
        void catchUp();

        void upload(BigInteger taskId, TaskOutput output, SimulatedNode node) throws NodeRelay.NotAcceptedException;

        void later(Duration delay, Runnable step);
    }

    private final BigInteger taskId;
    private final BigInteger round;
    private final SimulatedNode node;
    private final TaskPlan plan;
    private final Surroundings around;

    // Facts: volatile, so that whoever brings one does not wait for a step that is under way.
    private volatile boolean released;
    private volatile TaskOutput output;
    private volatile boolean impossible;
    private volatile boolean commitmentsReady;
    private volatile boolean aborted;
    private volatile boolean chosen;
    private volatile long chosenNanos;

    // What was done.
    private boolean begun;
    private boolean watching;
    private boolean reportedError;
    private boolean uploaded;
    private int failedUploads;
    private boolean givenUp;
    private final NodeStep commitment = new NodeStep();
    private final NodeStep disclosure = new NodeStep();
    private final NodeStep report = new NodeStep();

    NodeJob(BigInteger taskId, BigInteger round, SimulatedNode node, TaskPlan plan, Surroundings around) {
        this.taskId = taskId;
        this.round = round;
        this.node = node;
        this.plan = plan;
        this.around = around;
    }

    SimulatedNode node() {
        return node;
    }

    NodeRole role() {
        return plan.role(round.intValueExact());
    }

    boolean released() {
        return released;
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

    void aborted(boolean now) {
        aborted = now;
    }

    /** The chain wants this node's files. */
    void chosen(boolean now) {
        chosenNanos = System.nanoTime();
        chosen = now;
        if (!now) {
            forgetUpload();
        }
    }

    private synchronized void forgetUpload() {
        uploaded = false;
        report.reset();
    }

    /** The node has no more to do, or the chain has taken its task back. */
    void release() {
        released = true;
    }

    /** The chain has taken the release back. */
    synchronized void resume() {
        released = false;
        givenUp = false;
        watch();
    }

    /** Forgets what can be made anew; for one that is released. */
    synchronized void rest() {
        output = null;
        begun = false;
    }

    /** Begins to look after its transactions. */
    synchronized void watch() {
        if (!watching) {
            watching = true;
            around.later(PAUSE, this::look);
        }
    }

    private void look() {
        boolean goesOn = true;
        try {
            goesOn = learn();
            if (goesOn) {
                advance();
            }
        } finally {
            if (goesOn) {
                watch();
            }
        }
    }

    /** Learns what has become of the transactions, and returns whether there is more to be done. */
    private synchronized boolean learn() {
        watching = false;
        if (released || givenUp) {
            return false;
        }
        learn(commitment);
        learn(disclosure);
        learn(report);
        return true;
    }

    private void learn(NodeStep step) {
        if (step.hash() != null) {
            Fate fate = around.fate(step.hash());
            step.learn(fate);
            giveUpIfHopeless(
                    step.failures(), MAX_FAILURES, "the chain takes none of its transactions: " + fate.reason());
        }
    }

    /** Does the next step, if there is one to be done now. */
    void advance() {
        // A reorg may have given the id to another task, which would get the commitment that was meant for this one.
        around.catchUp();
        act();
    }

    private synchronized void act() {
        if (released || givenUp || role().silent()) {
            return;
        }
        if (!commitment.sent()) {
            // After an abortion an error is the only thing that the contract still takes, and it sets the node free.
            if (impossible || aborted) {
                reportedError = true;
                send(commitment, TaskCalls.reportError(taskId, round));
            } else if (output != null) {
                reportedError = false;
                byte[] nonce = new byte[32];
                RANDOM.nextBytes(nonce);
                send(commitment, TaskCalls.commit(taskId, round, result(), nonce));
            }
        } else if (output != null && !reportedError && commitmentsReady && !aborted && !disclosure.sent()) {
            send(disclosure, TaskCalls.disclose(taskId, round, result()));
        } else if (disclosure.sent() && chosen && !report.sent() && plan.uploads(chosenFor())) {
            uploaded = uploaded || upload();
            if (uploaded) {
                send(report, TaskCalls.reportUploaded(taskId, round));
            }
        }
    }

    private Duration chosenFor() {
        return Duration.ofNanos(System.nanoTime() - chosenNanos);
    }

    private byte[] result() {
        return role().told(output.hash(), round.intValueExact());
    }

    private void send(NodeStep step, String data) {
        try {
            step.sent(around.send(node, data));
        } catch (ChainAccessException e) {
            step.failed();
            LOG.debug("Task {}, node {}: the chain refuses a transaction", taskId, node.address(), e);
            giveUpIfHopeless(step.failures(), MAX_FAILURES, "the chain refuses its transactions: " + e.getMessage());
            around.later(PAUSE, this::advance);
        }
    }

    /** The Relay is a little behind the chain: it cannot know yet that the files are wanted. */
    private boolean upload() {
        if (output == null) {
            return false;
        }
        try {
            around.upload(taskId, output, node);
            return true;
        } catch (NodeRelay.NotAcceptedException e) {
            failedUploads++;
            LOG.debug("Task {}, node {}: {}; trying again", taskId, node.address(), e.getMessage());
            giveUpIfHopeless(failedUploads, MAX_UPLOADS, "the Relay refuses the files: " + e.getMessage());
            return false;
        }
    }

    private void giveUpIfHopeless(int failures, int tolerated, String why) {
        if (failures >= tolerated && !givenUp) {
            LOG.warn("Task {}, node {}: {}; given up", taskId, node.address(), why);
            givenUp = true;
        }
    }
}

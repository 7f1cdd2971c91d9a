// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.chain.ChainAccess;
import io.crynux.devnet.chain.ChainAccess.Fate;
import io.crynux.devnet.chain.ChainAccessException;
import io.crynux.devnet.contract.CrynuxContracts;
import io.crynux.devnet.contract.TaskContractVersion;
import io.crynux.devnet.node.NodeFaults;
import io.crynux.devnet.watch.TaskEvent;
import io.crynux.devnet.watch.TaskEventListener;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;

/**
 * A creator of tasks that nobody knows: its tasks keep the nodes busy and the queue full while such a fault is on. What of it
 * waits is cancelled when the fault is over.
 */
final class Strangers implements TaskEventListener {
    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final int NODES_OF_A_TASK = 3;
    private static final BigInteger CNX = BigInteger.TEN.pow(18);
    /** More than anybody gives: free nodes take these tasks first. */
    private static final BigInteger HIGHEST_FEE = CNX.multiply(BigInteger.valueOf(1_000));

    static final BigInteger FUNDS = CNX.multiply(BigInteger.valueOf(1_000_000_000));

    // No secret: it is the same on every devnet and worth nothing elsewhere.
    private static final Credentials ACCOUNT = Credentials.create(Hash.sha3String("camel-crynux devnet stranger"));

    static final String ADDRESS = ACCOUNT.getAddress();

    private final ChainAccess chain;
    private final String contract;
    private final TaskContractVersion version;
    private final int queueSize;
    private final int nodes;
    private final NodeFaults faults;

    private final List<String> sent = new ArrayList<>();
    private final Set<BigInteger> waiting = new HashSet<>();
    private final Set<BigInteger> waitingOfOthers = new HashSet<>();
    private final Set<BigInteger> running = new HashSet<>();
    private final Map<BigInteger, String> cancelled = new HashMap<>();
    private int newcomers;

    /**
     * Knows the state of the queue by the events that it gets as a listener.
     *
     * @param queueSize tasks that can wait
     * @param nodes that there are
     */
    Strangers(
            ChainAccess chain,
            String contract,
            TaskContractVersion version,
            int queueSize,
            int nodes,
            NodeFaults faults) {
        this.chain = chain;
        this.contract = contract;
        this.version = version;
        this.queueSize = queueSize;
        this.nodes = nodes;
        this.faults = faults;
    }

    /** Runs this on the scheduler until the result is closed. */
    AutoCloseable start(ScheduledExecutorService scheduler) {
        ScheduledFuture<?> ticks = scheduler.scheduleWithFixedDelay(
                this::tick, INTERVAL.toNanos(), INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
        return () -> ticks.cancel(false);
    }

    @Override
    public synchronized void added(TaskEvent event) {
        if (event instanceof TaskEvent.Pending pending) {
            if (!pending.creator().equals(ADDRESS)) {
                waitingOfOthers.add(event.taskId());
                newcomers++;
            } else {
                waiting.add(event.taskId());
                if (!sent.isEmpty()) {
                    sent.remove(0);
                }
            }
        } else if (event instanceof TaskEvent.Started started) {
            forget(event.taskId());
            if (started.creator().equals(ADDRESS)) {
                running.add(event.taskId());
            }
        } else if (event instanceof TaskEvent.Aborted) {
            forget(event.taskId());
        }
    }

    @Override
    public synchronized void removed(TaskEvent event) {
        if (event instanceof TaskEvent.Pending) {
            forget(event.taskId());
        } else if (event instanceof TaskEvent.Started started) {
            forget(event.taskId());
            (started.creator().equals(ADDRESS) ? waiting : waitingOfOthers).add(event.taskId());
        }
    }

    private void forget(BigInteger id) {
        waiting.remove(id);
        waitingOfOthers.remove(id);
        running.remove(id);
        cancelled.remove(id);
    }

    private synchronized void tick() {
        try {
            if (faults.crowded()) {
                crowd();
            } else {
                leave();
                newcomers = 0;
            }
        } catch (ChainAccessException e) {
            // An executor drops a periodic task that throws.
            LOG.warn("The strangers' tasks cannot be sent; trying again: {}", e.getMessage());
        }
    }

    private void crowd() {
        // A transaction that was dropped by a reorg, or has failed, causes no event.
        sent.removeIf(hash -> gone(chain.fate(hash)));
        if (!sent.isEmpty()) {
            return;
        }
        Optional<BigInteger> fee = faults.queueFee();
        int wanted = fee.isPresent() ? queueSize - waitingOfOthers.size() : 1;
        int missing = wanted - waiting.size();
        if (waiting.isEmpty() && missing > 0) {
            // Nobody waits, so nodes may be free: each three of them take a task.
            missing = Math.max(missing, nodes / NODES_OF_A_TASK - running.size());
        }
        if (fee.isPresent() && missing <= 0) {
            // The queue is full: one more of the stranger's tasks follows each task of others.
            missing = newcomers;
        }
        newcomers = 0;
        for (int i = 0; i < missing; i++) {
            sent.add(chain.send(ACCOUNT, contract, CrynuxContracts.createTask(version), fee.orElse(HIGHEST_FEE)));
        }
    }

    private void leave() {
        sent.clear();
        for (BigInteger id : waiting) {
            String before = cancelled.get(id);
            if (before == null || gone(chain.fate(before))) {
                cancelled.put(id, chain.send(ACCOUNT, contract, CrynuxContracts.cancelTask(id), BigInteger.ZERO));
            }
        }
    }

    private static boolean gone(Fate fate) {
        return fate.kind() == Fate.Kind.UNKNOWN || fate.kind() == Fate.Kind.REVERTED;
    }
}

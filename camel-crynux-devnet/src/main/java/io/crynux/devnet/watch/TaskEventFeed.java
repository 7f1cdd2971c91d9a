// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.watch;

import io.crynux.devnet.chain.ChainAccess;
import io.crynux.devnet.chain.ChainAccess.EventLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the Task contract's events on a chain, for everybody in the devnet: one poll serves the Relay and all nodes.
 *
 * <p>Each poll asks for the logs from the newest block that had any. While that block still is in the chain, so is
 * everything before it; once it is not, the listeners hear which events a reorg has reverted, up to {@value #DEPTH} blocks back.
 */
public final class TaskEventFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskEventFeed.class);

    /** How many blocks back a reorg is noticed. */
    static final int DEPTH = 256;

    private final ChainAccess chain;
    private final String contract;
    private final List<TaskEventListener> listeners = new CopyOnWriteArrayList<>();
    private final Deque<EventLog> recent = new ArrayDeque<>();
    private String headSeen = "";
    private long nextBlock;
    /** The newest block of the logs that are too old to be reverted, or that are not read. */
    private long forgotten;

    private boolean failing;
    private ScheduledFuture<?> polling;

    /**
     * @param chain where the contract lives
     * @param contract the address of the Task contract
     */
    public TaskEventFeed(ChainAccess chain, String contract) {
        this(chain, contract, 0);
    }

    /**
     * @param chain where the contract lives
     * @param contract the address of the Task contract
     * @param firstBlock before which there are no logs of it
     */
    public TaskEventFeed(ChainAccess chain, String contract, long firstBlock) {
        this.chain = chain;
        this.contract = contract;
        this.nextBlock = firstBlock;
        this.forgotten = firstBlock - 1;
    }

    /** Adds a listener; it hears what polls find from now on. */
    public void subscribe(TaskEventListener listener) {
        listeners.add(listener);
    }

    /** Starts to poll, from the first block on. */
    public synchronized void start(ScheduledExecutorService scheduler, Duration interval) {
        polling = scheduler.scheduleWithFixedDelay(this::catchUp, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public synchronized void close() {
        if (polling != null) {
            polling.cancel(false);
        }
    }

    /** {@link #poll}, but a chain that cannot be read is only logged: neither the feed nor its caller may fail. */
    public synchronized void catchUp() {
        try {
            poll();
            failing = false;
        } catch (RuntimeException e) {
            if (failing) {
                LOG.debug("The chain still cannot be read", e);
            } else {
                LOG.warn("The chain cannot be read; trying again", e);
                failing = true;
            }
        }
    }

    /** Reads what is new on the chain and notifies the listeners, without waiting for the next poll. */
    public synchronized void poll() {
        ChainAccess.Head head = chain.head();
        if (head.hash().equals(headSeen)) {
            return;
        }
        List<EventLog> logs = read(head);
        // One answer shows both what is new and whether it continues what was reported: a reorg can come between two
        // answers.
        while (!continued(logs, head)) {
            report(recent.removeLast(), false);
            logs = read(head);
        }
        long reported = recent.isEmpty() ? forgotten : recent.peekLast().blockNumber();
        for (EventLog log : logs) {
            if (log.blockNumber() > reported) {
                recent.addLast(log);
                report(log, true);
            }
        }
        nextBlock = head.number() + 1;
        headSeen = head.hash();
        while (recent.size() > 1 && recent.peekFirst().blockNumber() < head.number() - DEPTH) {
            forgotten = recent.removeFirst().blockNumber();
        }
    }

    /** The logs from the newest block that had any, but not from further back than a reorg reaches. */
    private List<EventLog> read(ChainAccess.Head head) {
        long last = recent.isEmpty() ? forgotten + 1 : recent.peekLast().blockNumber();
        // Blocks that had no logs when they were read may have been replaced by blocks with some.
        long from = Math.min(nextBlock, Math.max(last, head.number() - DEPTH));
        return from > head.number() ? List.of() : chain.logs(contract, from, head.number());
    }

    private boolean continued(List<EventLog> logs, ChainAccess.Head head) {
        if (recent.isEmpty() || recent.peekLast().blockNumber() < head.number() - DEPTH) {
            return true;
        }
        String hash = recent.peekLast().blockHash();
        return logs.stream().anyMatch(log -> log.blockHash().equals(hash));
    }

    private void report(EventLog log, boolean added) {
        TaskEventDecoder.decode(log).ifPresent(event -> {
            LOG.trace("{} {}", added ? "added" : "removed", event);
            listeners.forEach(listener -> guarded(event, () -> {
                if (added) {
                    listener.added(event, log);
                } else {
                    listener.removed(event);
                }
            }));
        });
    }

    static void report(TaskEventListener listener, TaskEvent event, boolean added) {
        guarded(event, () -> {
            if (added) {
                listener.added(event);
            } else {
                listener.removed(event);
            }
        });
    }

    /** A listener that fails must neither keep events from others nor make the feed report an event twice. */
    private static void guarded(TaskEvent event, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("A listener failed on {}", event, e);
        }
    }
}

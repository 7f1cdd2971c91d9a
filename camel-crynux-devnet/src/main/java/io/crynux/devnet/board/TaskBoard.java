// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.board;

import io.crynux.devnet.chain.ChainAccess.EventLog;
import io.crynux.devnet.watch.TaskEvent;
import io.crynux.devnet.watch.TaskEventListener;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The tasks of a chain and how many there are in each state. Keeps all that have not ended, which the contract's queue
 * bounds, and of those that have the newest {@value #KEPT_ENDED}.
 */
public final class TaskBoard implements TaskEventListener {
    static final int KEPT_ENDED = 1_000;

    private final Function<EventLog, BigInteger> fees;
    private final InstantSource clock;
    private final NavigableMap<BigInteger, TaskCard> open = new TreeMap<>();
    private final NavigableMap<BigInteger, TaskCard> ended = new TreeMap<>();
    private final Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);

    /** @param fees returns the fee of a task, by the log of its creation */
    public TaskBoard(Function<EventLog, BigInteger> fees, InstantSource clock) {
        this.fees = fees;
        this.clock = clock;
        for (TaskState state : TaskState.values()) {
            counts.put(state, 0L);
        }
    }

    @Override
    public void added(TaskEvent event, EventLog log) {
        if (event instanceof TaskEvent.Pending pending) {
            // Read before taking the lock: the ledger has its own.
            var card = new TaskCard(pending, log, fees.apply(log), clock.millis());
            synchronized (this) {
                put(card);
            }
        } else {
            added(event);
        }
    }

    @Override
    public synchronized void added(TaskEvent event) {
        take(event).ifPresent(card -> {
            card.happened(event, clock.millis());
            put(card);
        });
    }

    @Override
    public synchronized void removed(TaskEvent event) {
        take(event).ifPresent(card -> {
            if (!(event instanceof TaskEvent.Pending)) {
                card.takenBack(event);
                put(card);
            }
        });
    }

    /** Takes the card of the event's task off the board; none for a task that is forgotten. */
    private Optional<TaskCard> take(TaskEvent event) {
        TaskCard card = open.remove(event.taskId());
        if (card == null) {
            card = ended.remove(event.taskId());
        }
        if (card != null) {
            counts.merge(card.state(), -1L, Long::sum);
        }
        return Optional.ofNullable(card);
    }

    private void put(TaskCard card) {
        counts.merge(card.state(), 1L, Long::sum);
        (card.state().ended() ? ended : open).put(card.id(), card);
        if (ended.size() > KEPT_ENDED) {
            ended.pollFirstEntry();
        }
    }

    /** How many tasks there are in each state, those forgotten among them. */
    public synchronized Map<TaskState, Long> counts() {
        return new EnumMap<>(counts);
    }

    /** One task; empty for one that is not there, or is forgotten. */
    public synchronized Optional<TaskCard.Facts> find(BigInteger id) {
        TaskCard card = open.get(id);
        return Optional.ofNullable(card == null ? ended.get(id) : card).map(TaskCard::facts);
    }

    /** The tasks with the highest ids, the highest first. */
    public synchronized List<TaskCard.Facts> newest(int count) {
        List<TaskCard.Facts> newest = new ArrayList<>();
        Iterator<TaskCard> one = open.descendingMap().values().iterator();
        Iterator<TaskCard> other = ended.descendingMap().values().iterator();
        TaskCard opened = next(one);
        TaskCard done = next(other);
        while (newest.size() < count && (opened != null || done != null)) {
            if (done == null || (opened != null && opened.id().compareTo(done.id()) > 0)) {
                newest.add(opened.facts());
                opened = next(one);
            } else {
                newest.add(done.facts());
                done = next(other);
            }
        }
        return newest;
    }

    private static TaskCard next(Iterator<TaskCard> cards) {
        return cards.hasNext() ? cards.next() : null;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.evm.follow.EventRanges;
import io.crynux.client.internal.evm.follow.RecentBlocks;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the events of a task. Most carry its id where a node cannot search for it, so blocks are looked through: those that
 * the follower keeps, and older ones from the newest back to the task's creation, as far as a bound.
 */
final class TaskHistory {
    /** What is looked through at most: a day and more on chains that make a block a second. */
    static final BigInteger MOST_BLOCKS = BigInteger.valueOf(100_000);

    private static final BigInteger WINDOW = BigInteger.valueOf(2_000);
    private static final List<String> EVENTS =
            List.of("TaskPending", "TaskStarted", "TaskSuccess", "TaskAborted", "TaskResultUploaded");

    private final ChainReader reader;

    TaskHistory(ChainReader reader) {
        this.reader = reader;
    }

    /** Looks back from the newest block. */
    CompletableFuture<History> of(BigInteger taskId) {
        RecentBlocks recent = reader.recent();
        return lookBack(
                taskId,
                recent.head().number(),
                recent.oldest().subtract(BigInteger.ONE),
                recent(taskId, recent).events());
    }

    /** What those blocks tell. */
    History recent(BigInteger taskId, RecentBlocks recent) {
        List<LoggedEvent> found = new ArrayList<>();
        for (BigInteger n = recent.oldest(); recent.has(n); n = n.add(BigInteger.ONE)) {
            found.addAll(ofTask(taskId, recent.events(n)));
        }
        return new History(
                found, recent.head().number().subtract(recent.oldest()).add(BigInteger.ONE));
    }

    /** @param last the newest block that was not looked at */
    private CompletableFuture<History> lookBack(
            BigInteger taskId, BigInteger head, BigInteger last, List<LoggedEvent> found) {
        BigInteger searched = head.subtract(last);
        boolean over = last.signum() < 0
                || searched.compareTo(MOST_BLOCKS) >= 0
                || found.stream().anyMatch(event -> event.event() instanceof ContractEvent.Pending);
        if (over) {
            return CompletableFuture.completedFuture(new History(List.copyOf(found), searched));
        }
        BigInteger first = last.subtract(WINDOW).add(BigInteger.ONE).max(BigInteger.ZERO);
        return between(taskId, first, last).thenCompose(older -> {
            older.addAll(found);
            return lookBack(taskId, head, first.subtract(BigInteger.ONE), older);
        });
    }

    /** What happened to it in a range of blocks, both ends included. */
    private CompletableFuture<List<LoggedEvent>> between(BigInteger taskId, BigInteger first, BigInteger last) {
        return read(taskId, reader.ranges(EVENTS), first, last, new ArrayList<>());
    }

    private CompletableFuture<List<LoggedEvent>> read(
            BigInteger taskId, EventRanges ranges, BigInteger from, BigInteger last, List<LoggedEvent> found) {
        if (from.compareTo(last) > 0) {
            return CompletableFuture.completedFuture(found);
        }
        return ranges.read(from, last).thenCompose(range -> {
            found.addAll(ofTask(taskId, range.events()));
            return read(taskId, ranges, range.next(), last, found);
        });
    }

    private static List<LoggedEvent> ofTask(BigInteger taskId, List<LoggedEvent> events) {
        return events.stream()
                .filter(event -> event.event().taskId().equals(taskId))
                .toList();
    }
}

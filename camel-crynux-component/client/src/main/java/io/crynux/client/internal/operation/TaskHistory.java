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
 * Finds the events of a task. Nodes cannot filter most of them by the task's id, so the client searches blocks: the follower's
 * recent ones, then older ones back to the task's creation, up to a limit.
 */
final class TaskHistory {
    /** Maximum number of blocks to search: more than a day on chains with a block per second. */
    static final BigInteger MOST_BLOCKS = BigInteger.valueOf(100_000);

    private static final BigInteger WINDOW = BigInteger.valueOf(2_000);
    private static final List<String> EVENTS =
            List.of("TaskPending", "TaskStarted", "TaskSuccess", "TaskAborted", "TaskResultUploaded");

    private final ChainReader reader;

    TaskHistory(ChainReader reader) {
        this.reader = reader;
    }

    /** Searches backwards from the newest block. */
    CompletableFuture<History> of(BigInteger taskId) {
        RecentBlocks recent = reader.recent();
        return searchBackwards(
                taskId,
                recent.head().number(),
                recent.oldest().subtract(BigInteger.ONE),
                recent(taskId, recent).events());
    }

    /** Searches the recent blocks only. */
    History recent(BigInteger taskId, RecentBlocks recent) {
        List<LoggedEvent> found = new ArrayList<>();
        for (BigInteger n = recent.oldest(); recent.has(n); n = n.add(BigInteger.ONE)) {
            found.addAll(ofTask(taskId, recent.events(n)));
        }
        return new History(
                found, recent.head().number().subtract(recent.oldest()).add(BigInteger.ONE));
    }

    /** @param last the newest block that was not searched */
    private CompletableFuture<History> searchBackwards(
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
            return searchBackwards(taskId, head, first.subtract(BigInteger.ONE), older);
        });
    }

    /** The task's events in a range of blocks, both ends included. */
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

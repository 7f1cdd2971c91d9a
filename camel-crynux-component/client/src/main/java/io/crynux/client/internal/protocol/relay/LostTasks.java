// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.protocol.FoundTask;
import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.ids.RequestIds;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.task.RelayTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the open tasks of the wallet that the journal does not know, as after the loss of a journal, and has them continued: the
 * ledger names the tasks that were paid, the Relay returns their nonces, and these and the wallet give all their ids again. A fee
 * whose task nobody validates would be lost.
 */
public final class LostTasks {

    /** Has a task continued, unless it is in progress here. */
    public interface Adoption {

        /** @param lookup asked only where the task is not in progress */
        CompletableFuture<?> adopt(String taskId, Supplier<CompletableFuture<FoundTask>> lookup);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LostTasks.class);
    /** Queue, run and validation of the slowest task together (relay protocol, section 5.4), and some reserve. */
    private static final Duration LONGEST_TASK = Duration.ofHours(9);

    private final RelayAccount account;
    private final FoundTasks found;
    private final Adoption adoption;

    LostTasks(RelayAccount account, FoundTasks found, Adoption adoption) {
        this.account = account;
        this.found = found;
        this.adoption = adoption;
    }

    /** Never fails: what cannot be read is logged, and looked for at the next start. */
    CompletableFuture<Void> find() {
        Instant since = account.api().clock().now().minus(LONGEST_TASK);
        return account.ledger()
                .paidSince(since)
                .thenCompose(paid -> readAll(paid.orElseGet(List::of)))
                .thenCompose(this::adoptOpen)
                .exceptionally(error -> {
                    LOG.warn(
                            "Cannot look for open tasks of the wallet that the journal does not know: {}",
                            Futures.cause(error).toString());
                    return null;
                });
    }

    private CompletableFuture<Map<String, RelayTask>> readAll(List<String> commitments) {
        Map<String, RelayTask> tasks = new HashMap<>();
        CompletableFuture<?>[] reads = commitments.stream()
                .map(commitment -> account.api()
                        .get(commitment, Priority.SWEEP)
                        .thenAccept(answer -> remember(tasks, commitment, answer)))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(reads).thenApply(read -> tasks);
    }

    private static void remember(Map<String, RelayTask> tasks, String commitment, Answer<RelayTask> answer) {
        answer.value().ifPresent(task -> {
            synchronized (tasks) {
                tasks.put(commitment, task);
            }
        });
    }

    private CompletableFuture<Void> adoptOpen(Map<String, RelayTask> tasks) {
        List<CompletableFuture<?>> adoptions = new ArrayList<>();
        for (RelayTask task : tasks.values()) {
            adoptions.add(family(task).thenAccept(ids -> ids.filter(family -> isOpen(family, tasks))
                    .ifPresent(family -> adopt(task, family, tasks))));
        }
        return CompletableFuture.allOf(adoptions.toArray(CompletableFuture[]::new));
    }

    /** The ids of the request whose first task it is; empty if it is the first of none, as a sibling. */
    private CompletableFuture<Optional<RequestIds>> family(RelayTask task) {
        return RequestIds.of(task.nonce(), account.prover()).thenApply(ids -> Optional.of(ids)
                .filter(known -> known.commitment(0).equals(task.commitment())));
    }

    private static boolean isOpen(RequestIds ids, Map<String, RelayTask> tasks) {
        return ids.commitments().stream()
                .map(tasks::get)
                .anyMatch(task -> task != null && !task.status().meaning().isEnd());
    }

    private void adopt(RelayTask first, RequestIds ids, Map<String, RelayTask> tasks) {
        adoption.adopt(first.commitment(), () -> {
                    LOG.warn(
                            "Task {} is open and paid by the wallet, and the journal does not know it; it continues, so that its"
                                    + " fee is not lost",
                            first.commitment());
                    return found.of(first, ids, tasks);
                })
                .exceptionally(error -> {
                    LOG.warn(
                            "Task {} of a lost journal ended without a result: {}",
                            first.commitment(),
                            Futures.cause(error).getMessage());
                    return null;
                });
    }
}

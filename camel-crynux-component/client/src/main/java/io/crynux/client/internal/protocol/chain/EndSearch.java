// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.evm.follow.TaskEvents;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Reads the events of tasks that seem to have ended, since only they settle how. Used by one poll after the other. */
final class EndSearch {
    private final TaskEvents events;
    private final PolledTasks tasks;
    private final Consumer<NetworkEvent> listener;

    EndSearch(TaskEvents events, PolledTasks tasks, Consumer<NetworkEvent> listener) {
        this.events = events;
        this.tasks = tasks;
        this.listener = listener;
    }

    /**
     * Reads from the oldest block that one of the tasks needs up to the head.
     *
     * @param ranges how many requests it may take; what is left is read the next time
     */
    CompletableFuture<Void> search(List<PolledTask> suspects, BlockRef head, int ranges) {
        if (suspects.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        boolean everybodys = suspects.stream().anyMatch(PolledTask::wasSearchedInVain);
        BigInteger from = suspects.stream()
                .map(PolledTask::searchFrom)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return step(suspects, from, head, everybodys, ranges);
    }

    private CompletableFuture<Void> step(
            List<PolledTask> suspects, BigInteger from, BlockRef head, boolean everybodys, int ranges) {
        if (from.compareTo(head.number()) > 0) {
            suspects.forEach(task -> task.searchedTo(head));
            return CompletableFuture.completedFuture(null);
        }
        if (ranges == 0) {
            return CompletableFuture.completedFuture(null);
        }
        List<BigInteger> ids = suspects.stream().map(PolledTask::id).toList();
        return events.read(ids, from, head, everybodys).thenCompose(range -> {
            range.events().forEach(this::tell);
            suspects.forEach(task -> task.searchedBefore(range.next()));
            return step(suspects, range.next(), head, everybodys, ranges - 1);
        });
    }

    private void tell(LoggedEvent logged) {
        ContractEvent event = logged.event();
        PolledTask task = tasks.find(event.taskId()).orElse(null);
        if (task == null) {
            return;
        }
        if (event instanceof ContractEvent.Succeeded succeeded && task.succeeded(logged.block())) {
            listener.accept(new NetworkEvent.Succeeded(
                    succeeded.taskId(), succeeded.resultNode(), succeeded.resultHash(), logged.block()));
        } else if (event instanceof ContractEvent.ResultsUploaded uploaded && task.uploaded()) {
            listener.accept(new NetworkEvent.ResultsUploaded(uploaded.taskId()));
        } else if (event instanceof ContractEvent.Aborted aborted && task.aborted(logged.block())) {
            listener.accept(new NetworkEvent.Aborted(aborted.taskId(), aborted.reason(), logged.block()));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.contract.TaskInfo;
import io.crynux.client.task.BlockRef;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Asks Relay and contract for the state of tasks. Used by one poll after the other. */
final class TaskVisits {
    /** How many tasks are asked for at each poll: each is one request to the Relay, and one call in a batch to the node. */
    static final int MOST = 10;

    private final TaskChain chain;
    private final RelayStates relay;
    private final Consumer<NetworkEvent> events;

    TaskVisits(TaskChain chain, RelayStates relay, Consumer<NetworkEvent> events) {
        this.chain = chain;
        this.relay = relay;
        this.events = events;
    }

    /** Asks both; what they say is in the tasks then. */
    CompletableFuture<Void> visit(List<PolledTask> tasks, BlockRef head) {
        CompletableFuture<Void> answers = relay.ask(tasks);
        return askContract(tasks, head).thenCombine(answers, (asked, answered) -> null);
    }

    /** Asks the contract only, and not again by the same block. */
    CompletableFuture<Void> askContract(List<PolledTask> tasks, BlockRef head) {
        List<PolledTask> asked =
                tasks.stream().filter(task -> task.isNewTo(head)).toList();
        if (asked.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return chain.tasks(asked.stream().map(PolledTask::id).toList()).thenAccept(infos -> {
            for (int i = 0; i < asked.size(); i++) {
                told(asked.get(i), infos.get(i), head);
            }
        });
    }

    private void told(PolledTask task, TaskInfo info, BlockRef head) {
        if (task.told(info, head)) {
            events.accept(new NetworkEvent.Started(task.id(), info.nodes().get(0)));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.protocol;

import io.crynux.client.chain.BlockListener;
import io.crynux.client.chain.ContractEvent;
import io.crynux.client.chain.LoggedEvent;
import io.crynux.client.chain.TaskChain;
import io.crynux.client.engine.NetworkEvent;
import io.crynux.client.journal.Payment;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Tells what the one follower of the chain reads; payments that no event tells of are looked for. */
final class FollowedEvents implements EventSource {
    private final TaskChain chain;
    private final PaymentWatch watch;

    FollowedEvents(TaskChain chain) {
        this.chain = chain;
        this.watch = new PaymentWatch(chain);
    }

    @Override
    public CompletableFuture<BlockRef> follow(BigInteger after, Consumer<NetworkEvent> events) {
        return chain.follow(after, new Translator(events));
    }

    @Override
    public void watch(List<Payment> variants, boolean wanted) {
        watch.watch(variants, wanted);
    }

    /** All tasks are followed. */
    @Override
    public void track(BigInteger taskId, BlockRef createdIn) {}

    /** The follower belongs to whoever reads the chain, and ends with the client. */
    @Override
    public void stop() {}

    /** Tells the contract's events as steps of tasks. */
    private final class Translator implements BlockListener {
        private final Consumer<NetworkEvent> events;

        Translator(Consumer<NetworkEvent> events) {
            this.events = events;
        }

        @Override
        public void onBlock(BlockRef block, List<LoggedEvent> logged) {
            for (LoggedEvent log : logged) {
                ContractEvent event = log.event();
                if (event instanceof ContractEvent.Pending pending) {
                    if (pending.creator().equals(chain.creator())) {
                        watch.seen(log.transactionHash(), block);
                        events.accept(new NetworkEvent.Created(log.transactionHash(), pending.taskId(), block));
                    }
                } else if (event instanceof ContractEvent.Started started) {
                    events.accept(new NetworkEvent.Started(started.taskId(), started.node()));
                } else if (event instanceof ContractEvent.Succeeded succeeded) {
                    events.accept(new NetworkEvent.Succeeded(
                            succeeded.taskId(), succeeded.resultNode(), succeeded.resultHash(), block));
                } else if (event instanceof ContractEvent.ResultsUploaded uploaded) {
                    events.accept(new NetworkEvent.ResultsUploaded(uploaded.taskId()));
                } else if (event instanceof ContractEvent.Aborted aborted) {
                    events.accept(new NetworkEvent.Aborted(aborted.taskId(), aborted.reason(), block));
                }
            }
        }

        @Override
        public void onRemoved(Set<String> blockHashes) {
            watch.removed(blockHashes);
            events.accept(new NetworkEvent.Removed(blockHashes));
        }

        @Override
        public CompletionStage<Void> onCaughtUp(BlockRef head) {
            return watch.check(head, events)
                    .thenAccept(checked -> events.accept(new NetworkEvent.Head(head, chain.stillFor())));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.evm.follow.BlockListener;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Reports what the one follower of the chain reads, and looks for payments that no event reports. */
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

    @Override
    public void watchRefused(List<Payment> variants) {
        watch.watchRefused(variants);
    }

    /** All tasks are followed. */
    @Override
    public void track(BigInteger taskId, BlockRef createdIn) {}

    /** The follower belongs to whoever reads the chain, and ends with the client. */
    @Override
    public void stop() {}

    /** Reports the contract's events as steps of tasks. */
    private final class Translator implements BlockListener {
        private final Consumer<NetworkEvent> events;
        /** Blocks that a receipt reported, and that were not read; by their numbers. */
        private final Map<BigInteger, Set<String>> unread = new ConcurrentHashMap<>();
        /** Number of the newest block that was read. */
        private volatile BigInteger newest = BigInteger.ONE.negate();

        Translator(Consumer<NetworkEvent> events) {
            this.events = events;
        }

        @Override
        public void onBlock(BlockRef block, List<LoggedEvent> logged) {
            newest = block.number();
            Set<String> told = unread.remove(block.number());
            if (told != null && !told.contains(block.hash())) {
                onRemoved(told);
            }
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
            newest = head.number();
            // No block up to there has them: they were reverted before they were read.
            unread.keySet().stream()
                    .filter(number -> number.compareTo(head.number()) <= 0)
                    .forEach(number -> onRemoved(unread.remove(number)));
            return watch.check(head, this::tellOfPayment)
                    .thenAccept(checked -> events.accept(new NetworkEvent.Head(head, chain.stillFor())));
        }

        private void tellOfPayment(NetworkEvent event) {
            if (event instanceof NetworkEvent.Created created) {
                // Its event should have been read by now.
                chain.expectLogs(created.block());
            }
            events.accept(event);
        }

        @Override
        public CompletionStage<Void> onUnread(BlockRef head) {
            return watch.lookForCreations(head, created -> {
                if (created.block().number().compareTo(newest) > 0) {
                    unread.computeIfAbsent(created.block().number(), number -> ConcurrentHashMap.newKeySet())
                            .add(created.block().hash());
                }
                chain.expectLogs(created.block());
                events.accept(created);
            });
        }
    }
}

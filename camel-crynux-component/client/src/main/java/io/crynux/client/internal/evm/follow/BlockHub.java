// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * Lets many hear what the one follower reads: the engine's listener as it comes, and whoever wants events at a pace of its own
 * through {@link #recent()}, which changes only when the follower has caught up and so never shows half of a reorganisation.
 */
final class BlockHub implements BlockListener {
    private final Deque<RecentBlocks.Block> blocks = new ArrayDeque<>();
    private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();
    private volatile RecentBlocks recent = RecentBlocks.NONE;
    private volatile BlockListener listener;
    private boolean changed;

    /** Replaces the listener; null for none. */
    void listener(BlockListener newListener) {
        listener = newListener;
    }

    /**
     * Lets a listener hear of the blocks after that number, of those that are kept, and from then on of all.
     *
     * @param after null for the newest
     * @return false when older blocks are wanted than are kept
     */
    synchronized boolean join(BigInteger after, BlockListener joining) {
        if (after != null
                && (blocks.isEmpty() || blocks.getFirst().ref().number().compareTo(after.add(BigInteger.ONE)) > 0)) {
            return false;
        }
        if (after != null) {
            blocks.stream()
                    .filter(block -> block.ref().number().compareTo(after) > 0)
                    .forEach(block -> joining.onBlock(block.ref(), block.events()));
        }
        listener = joining;
        return true;
    }

    /** The follower has begun with that block as the newest; on a chain without any other it was not told. */
    synchronized void begin(BlockRef newest) {
        if (blocks.isEmpty()) {
            blocks.addLast(new RecentBlocks.Block(newest, List.of()));
        }
        if (recent.isEmpty()) {
            recent = new RecentBlocks(List.copyOf(blocks));
        }
    }

    RecentBlocks recent() {
        return recent;
    }

    /** Calls the watcher, which must be quick, whenever {@link #recent()} has changed. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    @Override
    public synchronized void onBlock(BlockRef block, List<LoggedEvent> events) {
        keep(new RecentBlocks.Block(block, List.copyOf(events)));
        if (listener != null) {
            listener.onBlock(block, events);
        }
    }

    private void keep(RecentBlocks.Block block) {
        changed = true;
        BigInteger number = block.ref().number();
        if (!blocks.isEmpty()) {
            BigInteger newest = blocks.getLast().ref().number();
            if (number.compareTo(newest) <= 0 && replaced(block)) {
                return;
            }
            if (!number.equals(newest.add(BigInteger.ONE))) {
                // What is kept has no gap; what lies before it can be read again by ranges.
                blocks.clear();
            }
        }
        blocks.addLast(block);
        if (blocks.size() > SeenBlocks.MOST) {
            blocks.removeFirst();
        }
    }

    /** A node that reported too few logs at first is asked for the block again. */
    private boolean replaced(RecentBlocks.Block again) {
        if (blocks.stream().noneMatch(known -> known.ref().equals(again.ref()))) {
            return false;
        }
        List<RecentBlocks.Block> all = List.copyOf(blocks);
        blocks.clear();
        all.forEach(known -> blocks.addLast(known.ref().equals(again.ref()) ? again : known));
        return true;
    }

    @Override
    public synchronized void onRemoved(Set<String> blockHashes) {
        changed |= blocks.removeIf(block -> blockHashes.contains(block.ref().hash()));
        if (listener != null) {
            listener.onRemoved(blockHashes);
        }
    }

    @Override
    public CompletionStage<Void> onCaughtUp(BlockRef head) {
        boolean tell;
        synchronized (this) {
            tell = changed;
            changed = false;
            if (tell) {
                recent = new RecentBlocks(List.copyOf(blocks));
            }
        }
        if (tell) {
            watchers.forEach(Runnable::run);
        }
        BlockListener told = listener;
        return told == null ? CompletableFuture.completedFuture(null) : told.onCaughtUp(head);
    }

    @Override
    public CompletionStage<Void> onUnread(BlockRef head) {
        BlockListener told = listener;
        return told == null ? CompletableFuture.completedFuture(null) : told.onUnread(head);
    }
}

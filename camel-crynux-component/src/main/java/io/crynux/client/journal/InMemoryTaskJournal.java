// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Survives nothing but the client's own mistakes. Ended tasks are forgotten. */
public final class InMemoryTaskJournal implements TaskJournal {
    private final Map<String, TaskRecord> open = new ConcurrentHashMap<>();
    private String chain;

    @Override
    public synchronized void open(long chainId, String genesisHash) {
        String newChain = chainId + ":" + genesisHash;
        if (chain != null && !chain.equals(newChain) && !open.isEmpty()) {
            throw new IllegalStateException("The task journal has " + open.size() + " open tasks of chain " + chain
                    + " and cannot be used on chain " + newChain);
        }
        chain = newChain;
    }

    @Override
    public CompletionStage<Void> write(TaskRecord record) {
        if (record.state().isEnd()) {
            open.remove(record.order().key());
        } else {
            open.put(record.order().key(), record);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<TaskRecord> open() {
        return List.copyOf(open.values());
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public void close() {
        open.clear();
    }
}

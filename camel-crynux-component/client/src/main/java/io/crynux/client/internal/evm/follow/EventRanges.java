// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.contract.ContractEvents;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Reads the contract's events of many old blocks by as few requests as the node allows. Used by one read after the other. */
public final class EventRanges {
    private final LogSweep sweep;
    private List<LoggedEvent> events = new ArrayList<>();

    EventRanges(ChainRpc rpc, ChainSettings settings, BloomTrust blooms, List<String> eventNames) {
        Set<String> topics = eventNames.stream().map(ContractEvents::topic).collect(Collectors.toSet());
        this.sweep = new LogSweep(
                new LogReader(rpc, settings, blooms, topics),
                settings.follow().maxBlockRange(),
                logs -> events.addAll(ContractEvents.readAll(ContractEvents.only(topics, logs))));
    }

    /**
     * What was read.
     *
     * @param next the block after those that were read
     * @param events in the order of the chain
     */
    public record Range(BigInteger next, List<LoggedEvent> events) {}

    /**
     * Reads as many blocks as one request may have; none where the node refused so many, and then fewer the next time.
     *
     * @param from first block
     * @param last the last block wanted at all
     * @return fails when the node does not answer, or does not have the blocks
     */
    public CompletableFuture<Range> read(BigInteger from, BigInteger last) {
        return sweep.step(from, last).thenApply(next -> {
            List<LoggedEvent> read = events;
            events = new ArrayList<>();
            return new Range(next, read);
        });
    }
}

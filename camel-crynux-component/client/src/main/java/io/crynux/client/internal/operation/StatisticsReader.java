// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.protocol.chain.ContractReader;
import io.crynux.client.internal.relayhttp.RelayStatistics;
import io.crynux.client.operation.NetworkStatistics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Reads the statistics of the Relay and the contract; a missing part does not affect the others. */
final class StatisticsReader {
    private final ContractReader contract;
    private final RelayStatistics relay;

    /** @param relay null where none is configured */
    StatisticsReader(ContractReader contract, RelayStatistics relay) {
        this.contract = contract;
        this.relay = relay;
    }

    /** Fails with a {@link NetworkException} if neither answers. */
    CompletableFuture<NetworkStatistics> read() {
        Map<String, String> problems = new ConcurrentHashMap<>();
        var network = part("network", problems, relay == null ? null : relay::network);
        var nodes = part("nodes", problems, relay == null ? null : relay::nodes);
        var tasks = part("tasks", problems, relay == null ? null : relay::tasks);
        var totals = part("contract", problems, contract::totals);
        return CompletableFuture.allOf(network, nodes, tasks, totals).thenApply(done -> {
            NetworkStatistics read =
                    new NetworkStatistics(network.join(), nodes.join(), tasks.join(), totals.join(), problems);
            if (read.network() == null && read.nodes() == null && read.tasks() == null && read.contract() == null) {
                throw new NetworkException("Neither the Relay nor the contract returned statistics: " + problems
                        + ". Check rpcUrl and relayUrl, and that node and Relay are up");
            }
            return read;
        });
    }

    private static <T> CompletableFuture<T> part(
            String name, Map<String, String> problems, Supplier<CompletableFuture<T>> ask) {
        if (ask == null) {
            return CompletableFuture.completedFuture(null);
        }
        return ask.get().exceptionally(error -> {
            Throwable cause = Futures.cause(error);
            problems.put(name, String.valueOf(cause.getMessage()));
            return null;
        });
    }
}

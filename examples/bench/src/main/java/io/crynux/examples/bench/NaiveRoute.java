// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.web3j.crypto.Credentials;

/**
 * What you would write by hand with web3j and an HTTP client: a thread per task that creates it, polls for its receipt, uploads
 * its parameters until the Relay accepts them, polls the Relay for its state and downloads the result. The contract's getTask
 * cannot be polled instead: it returns the same for queued and for ended tasks.
 */
final class NaiveRoute implements TaskRoute {
    private final ExecutorService threads;
    private final NaiveChain chain;
    private final NaiveRelay relay;

    NaiveRoute(NetworkAddress network, Duration pollInterval) throws Exception {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(task -> new Thread(task, "naive-" + number.incrementAndGet()));
        Credentials wallet = Credentials.create(network.privateKey());
        chain = new NaiveChain(network, wallet, pollInterval);
        relay = new NaiveRelay(network.relayUrl(), wallet, pollInterval);
    }

    @Override
    public CompletableFuture<Done> submit(String prompt) {
        return CompletableFuture.supplyAsync(() -> run(prompt), threads);
    }

    private Done run(String prompt) {
        try {
            String parameters = ImageTask.parameters(prompt);
            long taskId = chain.createTask(parameters);
            relay.upload(taskId, parameters);
            relay.awaitResult(taskId);
            byte[] picture = relay.download(taskId);
            Instant continuedAt = Instant.now();
            if (picture.length == 0) {
                throw new IllegalStateException("an empty picture");
            }
            return new Done(taskId, continuedAt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.relayhttp.RelayClient;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** Reports what polling for payments and tasks brings. */
final class PolledEvents implements EventSource {
    private final TaskChain chain;
    private final RelayClient relay;
    private final Duration pollInterval;
    private final ScheduledExecutorService scheduler;
    private final PaymentWatch watch;
    private PollLoop loop;

    PolledEvents(TaskChain chain, RelayClient relay, Duration pollInterval, ScheduledExecutorService scheduler) {
        this.chain = chain;
        this.relay = relay;
        this.pollInterval = pollInterval;
        this.scheduler = scheduler;
        this.watch = new PaymentWatch(chain);
    }

    /** What is watched by now is all that there is to tell of, whatever the block after which events are wanted. */
    @Override
    public synchronized CompletableFuture<BlockRef> follow(BigInteger after, Consumer<NetworkEvent> events) {
        stop();
        loop = new PollLoop(
                chain, watch, new RelayStates(relay, pollInterval, scheduler), pollInterval, scheduler, events);
        return loop.start();
    }

    @Override
    public void watch(List<Payment> variants, boolean wanted) {
        watch.watch(variants, wanted);
    }

    @Override
    public void watchRefused(List<Payment> variants) {
        watch.watchRefused(variants);
    }

    @Override
    public synchronized void track(BigInteger taskId, BlockRef createdIn) {
        if (loop != null) {
            loop.track(taskId, createdIn);
        }
    }

    @Override
    public synchronized void stop() {
        if (loop != null) {
            loop.stop();
        }
    }
}

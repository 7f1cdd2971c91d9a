// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.retry.Retry;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Hands a task's parameters over to the Relay; a new upload ends the one before. Used on the loop only. */
final class ParameterUpload {
    private final ChainProtocol protocol;
    private final Steps steps;
    private final Runnable awaitFinality;
    private CompletableFuture<Void> current = CompletableFuture.completedFuture(null);

    /** @param awaitFinality has it found out what is final, where the chain is to be asked for that */
    ParameterUpload(ChainProtocol protocol, Steps steps, Runnable awaitFinality) {
        this.protocol = protocol;
        this.steps = steps;
        this.awaitFinality = awaitFinality;
    }

    /** @param then is given the error, or null; it is not called for an upload that was stopped */
    void begin(ChainRecord record, Consumer<Throwable> then) {
        stop();
        CompletableFuture<Void> upload = Retry.start(
                        new RelayDisagreement<>(
                                protocol,
                                record,
                                () -> protocol.network.upload(record.taskId(), record.order()),
                                awaitFinality,
                                nothing -> {}),
                        steps::schedule,
                        protocol.loop::nanoTime)
                .future();
        current = upload;
        steps.after(upload, (done, error) -> {
            if (current == upload && !upload.isCancelled()) {
                // The creation is final: what the Relay has under its id is ours.
                then.accept(RelayDisagreement.isUnproven(error) ? null : error);
            }
        });
    }

    void stop() {
        current.cancel(false);
        // One that has just ended cannot be cancelled, but is not to be heard of either.
        current = CompletableFuture.completedFuture(null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.retry.Retry;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.Content;
import java.util.concurrent.CompletableFuture;

/** Downloads files of results from the Relay, again while it may only be of another opinion about a reorganisation. */
final class ResultDownloads {
    private final ChainProtocol protocol;

    ResultDownloads(ChainProtocol protocol) {
        this.protocol = protocol;
    }

    /** Cancelling the future ends the tries. Called on any thread. */
    CompletableFuture<Content> file(TaskRecord record, int number) {
        ChainRecord task = ChainRecord.of(record);
        return Retry.start(
                        new RelayDisagreement<>(
                                protocol,
                                task,
                                () -> protocol.network.download(task.taskId(), number, task.order()),
                                () -> protocol.tasks.awaitFinality(task.taskId()),
                                Content::close),
                        protocol.loop::schedule,
                        protocol.loop::nanoTime)
                .future();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.Content;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Downloads files of results from the Relay, again while it may only be of another opinion about a reorganisation. */
final class ResultDownloads {
    private static final Logger LOG = LoggerFactory.getLogger(ResultDownloads.class);

    private final ChainProtocol protocol;

    ResultDownloads(ChainProtocol protocol) {
        this.protocol = protocol;
    }

    /** Cancelling the future ends the tries. Called on any thread. */
    CompletableFuture<Content> file(TaskRecord record, int number) {
        CompletableFuture<Content> file = new CompletableFuture<>();
        download(ChainRecord.of(record), number, new RelayDisagreement(protocol::isCreationFinal), file);
        return file;
    }

    private void download(
            ChainRecord record, int number, RelayDisagreement disagreement, CompletableFuture<Content> file) {
        CompletableFuture<Content> download = protocol.network.download(record.taskId(), number, record.order());
        file.whenComplete((content, error) -> download.cancel(false));
        download.whenComplete((content, error) -> {
            if (error == null) {
                if (!file.complete(content)) {
                    content.close();
                }
            } else if (!file.isDone()) {
                protocol.loop.execute(() -> onFailure(record, number, disagreement, file, error));
            }
        });
    }

    /** On the loop, where it is known which blocks are final. */
    private void onFailure(
            ChainRecord record,
            int number,
            RelayDisagreement disagreement,
            CompletableFuture<Content> file,
            Throwable error) {
        if (!disagreement.mayPass(record, error)) {
            file.completeExceptionally(Futures.cause(error));
            return;
        }
        Duration delay = disagreement.nextDelay();
        LOG.debug("{}: the Relay knows another task under its id; next try in {}", ChainFailures.name(record), delay);
        protocol.tasks.awaitFinality(record.taskId());
        protocol.loop.schedule(delay, () -> {
            if (!file.isDone()) {
                download(record, number, disagreement, file);
            }
        });
    }
}

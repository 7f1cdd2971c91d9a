// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.relayhttp.RelayClient;
import io.crynux.client.internal.result.ResultCheck;
import io.crynux.client.internal.result.ResultDownload;
import io.crynux.client.task.Content;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Downloads results from the Relay and takes only what can be one. */
final class ResultFetcher {
    /** A text is read as a whole, unlike an image; models write no book at once. */
    private static final long MOST_TEXT_BYTES = 16L << 20;

    private final RelayClient relay;

    ResultFetcher(RelayClient relay) {
        this.relay = relay;
    }

    /** One file, which is the caller's to close; see {@link RelayClient#result}. */
    CompletableFuture<Content> file(TaskKind kind, BigInteger taskId, int number, long maxBytes, long spoolThreshold) {
        return relay.result(
                taskId,
                number,
                kind == TaskKind.GPT ? Math.min(maxBytes, MOST_TEXT_BYTES) : maxBytes,
                spoolThreshold,
                content -> ResultCheck.flaw(kind, content));
    }

    /** All files, which are the caller's to close. */
    CompletableFuture<List<ResultFile>> files(
            TaskKind kind, BigInteger taskId, int count, long maxBytes, long spoolThreshold) {
        return ResultDownload.of(kind, count, number -> file(kind, taskId, number, maxBytes, spoolThreshold));
    }
}

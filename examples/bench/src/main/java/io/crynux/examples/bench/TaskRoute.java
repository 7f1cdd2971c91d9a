// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A way to run image tasks. */
interface TaskRoute extends AutoCloseable {

    /**
     * A task with its result.
     *
     * @param continuedAt start of the step after the task
     */
    record Done(long taskId, Instant continuedAt) {}

    /** Runs one task; the future completes when the step after it has run. */
    CompletableFuture<Done> submit(String prompt);

    @Override
    void close();
}

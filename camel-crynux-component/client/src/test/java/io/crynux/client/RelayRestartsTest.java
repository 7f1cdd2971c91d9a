// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.relaynet.fault.RelayCall;
import io.crynux.devnet.relaynet.task.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that ends at any stage of a task loses neither the task nor its fee: the next one with its journal continues. */
class RelayRestartsTest extends RelayNetworkTestSupport {
    @TempDir
    Path directory;

    /** Where the first process ends. */
    enum Stage {
        /** The creation was sent, and not answered. */
        POSTED,
        QUEUED,
        RUNNING,
        /** A node has reported, and no validation has arrived. */
        READY,
        /** The validation was done, and not answered. */
        VALIDATION_SENT,
        VALIDATED,
        /** It has succeeded, and its result is not downloaded. */
        ENDED
    }

    /** Keeps tasks at that stage. */
    private Fault hold(Stage stage) {
        return switch (stage) {
            case POSTED -> relay.faults().on(RelayCall.CREATE).loseAnswer();
            case QUEUED -> relay.faults().nodes().pause();
            case RUNNING -> relay.faults().nodes().slow(Duration.ofSeconds(2)).times(1);
            case READY -> relay.faults().on(RelayCall.VALIDATE).down();
            case VALIDATION_SENT -> relay.faults().on(RelayCall.VALIDATE).loseAnswer();
            case VALIDATED ->
                relay.faults().nodes().uploadLate(Duration.ofSeconds(2)).times(1);
            case ENDED -> relay.faults().on(RelayCall.RESULT).down();
        };
    }

    private boolean isReached(Stage stage) {
        return switch (stage) {
            case POSTED, QUEUED -> !relay.tasks().isEmpty();
            case RUNNING -> isAny(TaskStatus.STARTED::equals);
            case READY -> isAny(TaskStatus.SCORE_READY::equals);
            case VALIDATION_SENT -> isAny(TaskStatus::awaitsUpload) || isAny(TaskStatus::hasResults);
            case VALIDATED -> isAny(TaskStatus::awaitsUpload);
            case ENDED -> isAny(TaskStatus::hasResults);
        };
    }

    private boolean isAny(Predicate<TaskStatus> wanted) {
        return statuses().stream().anyMatch(wanted);
    }

    private CrynuxClient process() {
        return builder().journal(new FileTaskJournal(directory.toString())).build();
    }

    private static TaskRequest request() {
        return text().idempotencyKey("order 7").build();
    }

    private void runInTwoProcesses(Stage stage) throws Exception {
        Fault fault = hold(stage);
        try (CrynuxClient first = process()) {
            CompletableFuture<TaskResult> lost = first.submit(request());
            await().atMost(SOON).until(() -> isReached(stage));
            assertThat(lost).isNotCompletedExceptionally();
        }
        fault.end();

        try (CrynuxClient second = process()) {
            assertThat(get(second.submit(request())).completion().text()).isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTaskContinues(Stage stage) throws Exception {
        start();

        runInTwoProcesses(stage);

        assertThat(relay.tasks()).hasSize(1);
        assertThat(spent()).isEqualTo(FEE);
    }

    @ParameterizedTest
    @EnumSource
    void theSampledTaskContinues(Stage stage) throws Exception {
        start();
        sampled.add(true);

        runInTwoProcesses(stage);

        await().atMost(SOON).untilAsserted(() -> assertThat(spent()).isEqualTo(FEE));
        assertThat(relay.tasks()).hasSize(3);
    }
}

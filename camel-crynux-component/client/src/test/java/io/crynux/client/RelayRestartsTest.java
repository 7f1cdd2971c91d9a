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
import java.util.function.BooleanSupplier;
import java.util.function.Function;
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
        POSTED(
                test -> test.relay.faults().on(RelayCall.CREATE).loseAnswer(),
                test -> !test.relay.tasks().isEmpty()),
        QUEUED(
                test -> test.relay.faults().nodes().pause(),
                test -> !test.relay.tasks().isEmpty()),
        RUNNING(test -> test.relay.faults().nodes().slow(Duration.ofSeconds(2)).times(1), test -> test.statuses()
                .contains(TaskStatus.STARTED)),
        /** A node has reported, and no validation has arrived. */
        READY(test -> test.relay.faults().on(RelayCall.VALIDATE).down(), test -> test.statuses()
                .contains(TaskStatus.SCORE_READY)),
        /** The validation was done, and not answered. */
        VALIDATION_SENT(
                test -> test.relay.faults().on(RelayCall.VALIDATE).loseAnswer(),
                test -> test.isAny(TaskStatus::awaitsUpload) || test.isAny(TaskStatus::hasResults)),
        VALIDATED(
                test -> test.relay
                        .faults()
                        .nodes()
                        .uploadLate(Duration.ofSeconds(2))
                        .times(1),
                test -> test.isAny(TaskStatus::awaitsUpload)),
        /** It has succeeded, and its result is not downloaded. */
        ENDED(test -> test.relay.faults().on(RelayCall.RESULT).down(), test -> test.isAny(TaskStatus::hasResults));

        final Function<RelayRestartsTest, Fault> fault;
        final Function<RelayRestartsTest, Boolean> reached;

        Stage(Function<RelayRestartsTest, Fault> fault, Function<RelayRestartsTest, Boolean> reached) {
            this.fault = fault;
            this.reached = reached;
        }
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
        Fault fault = stage.fault.apply(this);
        BooleanSupplier reached = () -> stage.reached.apply(this);
        try (CrynuxClient first = process()) {
            CompletableFuture<TaskResult> lost = first.submit(request());
            await().atMost(SOON).until(reached::getAsBoolean);
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

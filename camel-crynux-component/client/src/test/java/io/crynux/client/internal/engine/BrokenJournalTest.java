// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.JournalException;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.KeptJournal;
import io.crynux.testing.Sabotage;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal whose calls throw, as one with a missing class does: what it must know does not leave, and the rest goes on. */
class BrokenJournalTest extends EngineTestSupport {
    private final KeptJournal kept = new KeptJournal();
    /** The calls that throw. */
    private Set<String> broken = Set.of();

    @BeforeEach
    void breakTheJournal() {
        journal = new TaskJournal() {
            @Override
            public JournalSession open(JournalScope scope, Executor executor) {
                return Sabotage.of(JournalSession.class, kept.open(scope, executor), (method, arguments, call) -> {
                    if (broken.contains(method) || broken.contains(method + stateOf(arguments))) {
                        throw new NoSuchMethodError(method);
                    }
                    return call.call();
                });
            }

            @Override
            public boolean isDurable() {
                return true;
            }
        };
    }

    private static String stateOf(Object[] arguments) {
        return arguments.length > 0 && arguments[0] instanceof TaskRecord record ? " " + record.state() : "";
    }

    private CompletableFuture<TaskResult> submitWithKey() {
        return submit(submission(order("key", "a"), WaitFor.RESULT, Duration.ofHours(1), 1));
    }

    @Test
    void oneThatThrowsAtAllButThePaymentHoldsUpNoTask() {
        start();
        broken = Set.of(
                "write SENT", "write CREATED", "write UPLOADED", "write SUCCEEDED", "write DOWNLOADED", "write DONE");

        assertThat(submit()).isCompleted();
        assertThat(submit()).isCompleted();
        assertThat(kept.records()).extracting(JournalRecord::state).containsOnly(TaskState.SIGNED);
    }

    @Test
    void aPaymentThatItThrowsAtDoesNotLeave() {
        start();
        broken = Set.of("write SIGNED");

        assertThat(failure(submit())).isInstanceOf(CrynuxException.class).hasMessageContaining("Nothing was spent");
        assertThat(network.tasks()).isEmpty();

        broken = Set.of();
        assertThat(submit()).isCompleted();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void aRequestWhoseKeyItCannotLookUpIsNotPaid() {
        start();
        broken = Set.of("find");

        assertThat(failure(submitWithKey()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("Nothing was signed");

        assertThat(submit()).isCompleted();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void aResultThatItThrowsAtIsDelivered() {
        start();
        broken = Set.of("keepResult");

        assertThat(submitWithKey()).isCompleted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsettled", "signedSince"})
    void anEngineThatCouldNotReadItConnectsTheNextTime(String reading) {
        broken = Set.of(reading);
        begin(EngineSettings.DEFAULT);
        assertThat(failure(connect())).isInstanceOf(NoSuchMethodError.class);

        broken = Set.of();
        assertThat(connect()).isCompleted();
        assertThat(submit()).isCompleted();
    }
}

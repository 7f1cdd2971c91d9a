// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.JournalException;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.KeptJournal;
import io.crynux.testing.Sabotage;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
            public CompletionStage<JournalSession> open(JournalScope scope, JournalOwner owner) {
                return kept.open(scope, owner)
                        .thenApply(session -> Sabotage.of(JournalSession.class, session, (method, arguments, call) -> {
                            if (broken.contains(method) || broken.contains(method + detail(arguments))) {
                                throw new NoSuchMethodError(method);
                            }
                            return call.call();
                        }));
            }

            @Override
            public boolean isDurable() {
                return true;
            }
        };
    }

    /** The state of a record, or whether an order has a key. */
    private static String detail(Object[] arguments) {
        if (arguments.length > 0 && arguments[0] instanceof JournalRecord record) {
            return " " + record.state();
        }
        return arguments.length > 0 && arguments[0] instanceof TaskOrder order && order.idempotencyKey() != null
                ? " with key"
                : "";
    }

    private CompletableFuture<TaskResult> submitWithKey() {
        return submit(submission(order("key", "a"), WaitFor.RESULT, Duration.ofHours(1), 1));
    }

    @Test
    void oneThatThrowsAtAllButThePaymentHoldsUpNoTask() {
        start();
        broken = Set.of(
                "commit SENT",
                "commit CREATED",
                "commit UPLOADED",
                "commit SUCCEEDED",
                "commit DOWNLOADED",
                "commit DONE");

        assertThat(submit()).isCompleted();
        assertThat(submit()).isCompleted();
        assertThat(kept.records()).extracting(JournalRecord::state).containsOnly(TaskState.SIGNED);
    }

    @Test
    void aPaymentThatItThrowsAtDoesNotLeave() {
        start();
        broken = Set.of("commit SIGNED");

        assertThat(failure(submit())).isInstanceOf(CrynuxException.class).hasMessageContaining("Nothing was spent");
        assertThat(network.tasks()).isEmpty();

        broken = Set.of();
        assertThat(submit()).isCompleted();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void aRequestWhoseKeyItCannotLookUpIsNotPaid() {
        start();
        broken = Set.of("claim with key");

        assertThat(failure(submitWithKey()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("Nothing was signed");

        assertThat(submit()).isCompleted();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void aResultThatItThrowsAtIsDelivered() {
        start();
        broken = Set.of("keep");

        assertThat(submitWithKey()).isCompleted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsettled", "spentSince"})
    void anEngineThatCouldNotReadItConnectsTheNextTime(String reading) {
        broken = Set.of(reading);
        begin(EngineSettings.DEFAULT);
        assertThat(failure(connect())).isInstanceOf(NoSuchMethodError.class);

        broken = Set.of();
        assertThat(connect()).isCompleted();
        assertThat(submit()).isCompleted();
    }
}

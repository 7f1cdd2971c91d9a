// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.internal.protocol.Change;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.task.TaskState;
import io.crynux.testing.KeptJournal;
import io.crynux.testing.ScriptedNetwork.Plan;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What leaves the process counts in the budget with the same step that makes it durable. */
class BudgetedCommitTest extends EngineTestSupport {
    private final KeptJournal kept = new KeptJournal();

    private List<AttemptContext> twoAttempts(BigInteger budget) {
        journal = kept;
        network.plan(Plan.BY_HAND);
        start(settings(EngineSettings.DEFAULT.limits(), new BudgetSettings(budget, Duration.ofDays(1))));
        submit();
        submit();
        CompletableFuture<List<AttemptContext>> runs = new CompletableFuture<>();
        engine.loop.execute(() -> {
            List<AttemptContext> found = new ArrayList<>();
            kept.unsettled()
                    .forEach(
                            record -> found.add(engine.tasks.runOf(record.key()).orElseThrow()));
            runs.complete(found);
        });
        time.settle();
        return runs.join();
    }

    private CompletableFuture<Void> commit(AttemptContext attempt, BigInteger most) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        engine.loop.execute(() -> {
            CompletionStage<Void> commit = attempt.commit(new Change(ProtocolData.EMPTY, TaskState.SIGNED, null, most));
            commit.whenComplete((kept, error) -> {
                if (error == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(error);
                }
            });
        });
        time.settle();
        return done;
    }

    @Test
    void twoThatWereBothCheckedAreNotBothCommitted() {
        List<AttemptContext> attempts = twoAttempts(FEE.multiply(BigInteger.valueOf(3)));
        BigInteger two = FEE.multiply(BigInteger.TWO);
        attempts.forEach(attempt -> attempt.checkBudget(two));

        assertThat(commit(attempts.get(0), two)).isCompleted();
        assertThat(failure(commit(attempts.get(1), two)))
                .isInstanceOf(BudgetExceededException.class)
                .hasMessageContaining("Nothing was sent");

        assertThat(attempts.get(1).record().isCommitted()).isFalse();
        assertThat(kept.unsettled())
                .extracting(record -> record.state())
                .containsExactly(TaskState.PREPARED, TaskState.SIGNED);
        assertThatThrownBy(() -> attempts.get(1).checkBudget(two))
                .isInstanceOf(BudgetExceededException.class)
                .hasMessageContaining("Nothing was signed");
    }

    @Test
    void aDearerVariantCountsInPlaceOfTheOneBefore() {
        List<AttemptContext> attempts = twoAttempts(FEE.multiply(BigInteger.valueOf(3)));

        assertThat(commit(attempts.get(0), FEE)).isCompleted();
        assertThat(commit(attempts.get(0), FEE.multiply(BigInteger.TWO))).isCompleted();

        assertThat(commit(attempts.get(1), FEE)).isCompleted();
        assertThat(failure(commit(attempts.get(0), FEE.multiply(BigInteger.valueOf(3)))))
                .isInstanceOf(BudgetExceededException.class);
        assertThat(attempts.get(0).record().spending().mostWei()).isEqualTo(FEE.multiply(BigInteger.TWO));
    }
}

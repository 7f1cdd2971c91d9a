// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.KeptJournal;
import io.crynux.testing.ScriptedNetwork;
import io.crynux.testing.ScriptedNetwork.Plan;
import io.crynux.testing.ScriptedNetwork.Results;
import io.crynux.testing.ScriptedTask;
import io.crynux.testing.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Submissions, reorganisations, refusals, losses, aborts, deadlines, lost writes and restarts in random orders. A failure names
 * its seed; {@code -Dcrynux.seed=n} runs that one only, {@code -Dcrynux.seeds=n} more of them.
 */
class RandomOrdersTest extends EngineTestSupport {
    private static final int SEEDS = Integer.getInteger("crynux.seeds", 300);
    private static final int STEPS = 80;
    private static final Plan[] PLANS =
            EnumSet.complementOf(EnumSet.of(Plan.BY_HAND)).toArray(Plan[]::new);
    private static final List<Consumer<ScriptedTask>> NEWS = List.of(
            ScriptedTask::create,
            ScriptedTask::start,
            ScriptedTask::complete,
            ScriptedTask::complete,
            ScriptedTask::abort,
            ScriptedTask::revert,
            ScriptedTask::revertCreation,
            ScriptedTask::revertSuccess,
            ScriptedTask::lose,
            ScriptedTask::makeFinal);

    private Random random;
    private KeptJournal kept;
    private final List<Asked> asked = new ArrayList<>();

    private record Asked(String what, CompletableFuture<TaskResult> result) {}

    @Test
    void afterAnyOrderAllHasEndedAndNothingWasPaidTwice() {
        Long only = Long.getLong("crynux.seed");
        long[] seeds = only == null ? LongStream.rangeClosed(1, SEEDS).toArray() : new long[] {only};
        for (long seed : seeds) {
            try {
                run(seed);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private void run(long seed) {
        random = new Random(seed);
        time = VirtualTime.shuffled(seed);
        network = new ScriptedNetwork();
        kept = new KeptJournal();
        journal = kept;
        asked.clear();
        begin();
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        finish();
    }

    private void begin() {
        start(settings(
                new Limits(1 + random.nextInt(6), 1 + random.nextInt(4), random.nextInt(20)),
                EngineSettings.DEFAULT.budget()));
    }

    private void step() {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> submitWith(null);
            case 3, 4 -> submitWith("key-" + random.nextInt(4));
            case 5 -> network.plan(any(PLANS));
            case 6 -> network.finalAtOnce(random.nextBoolean());
            case 7 -> network.results(any(Results.values()));
            case 8 -> time.advance(Duration.ofSeconds(random.nextInt(1800)));
            case 9 -> resume();
            case 10 -> {
                kept.losesWrites(random.nextInt(3) == 0);
                kept.losesClaims(random.nextInt(3) == 0);
            }
            case 11 -> restart();
            case 12 -> time.settle();
            default -> news();
        }
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private void submitWith(String key) {
        Submission plain = submission(
                key == null ? order(null) : order(key, key),
                any(WaitFor.values()),
                Duration.ofMinutes(1 + random.nextInt(120)),
                key == null ? 1 + random.nextInt(3) : 1);
        asked.add(new Asked(
                plain.order().key(),
                engine.submit(
                        new Submission(
                                plain.order(),
                                plain.key(),
                                plain.keptKey(),
                                plain.waitFor(),
                                plain.timeout(),
                                random.nextInt(3) == 0,
                                plain.maxAttempts(),
                                BigDecimal.ZERO,
                                null),
                        CompletableFuture.completedFuture(null))));
    }

    /** Somebody waits for a task by its id. */
    private void resume() {
        List<ScriptedTask> tasks = network.tasks();
        if (!tasks.isEmpty()) {
            ScriptedTask task = tasks.get(random.nextInt(tasks.size()));
            asked.add(new Asked(
                    "task " + task.id(),
                    new KnownTasks(engine)
                            .resume(
                                    task.id().toString(),
                                    () -> CompletableFuture.failedFuture(
                                            new IllegalStateException("not under way here")),
                                    WaitFor.RESULT,
                                    Duration.ofMinutes(1 + random.nextInt(120)))));
        }
    }

    private void news() {
        List<ScriptedTask> tasks = network.tasks();
        if (!tasks.isEmpty()) {
            NEWS.get(random.nextInt(NEWS.size())).accept(tasks.get(random.nextInt(tasks.size())));
        }
    }

    private void restart() {
        stop();
        assertAllHaveEnded();
        assertThat(time.timers()).as("timers of a client that is closed").isZero();
        begin();
    }

    /** Everything comes to its end in the network. */
    private void finish() {
        network.plan(Plan.COMPLETE).results(Results.AT_ONCE);
        kept.losesWrites(false);
        kept.losesClaims(false);
        endAll();
        assertAllHaveEnded();
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(0, 0, 0));
        assertNobodyPaidTwice();
        restart();
        // What became of a task may have been lost with a write; the network knows it.
        endAll();
        assertThat(kept.unsettled()).as("nothing is open").isEmpty();
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(0, 0, 0));
        assertNobodyPaidTwice();
        stop();
        assertThat(time.timers()).isZero();
    }

    private void endAll() {
        for (int i = 0; i < 4; i++) {
            network.tasks().forEach(ScriptedTask::create);
            network.tasks().forEach(ScriptedTask::makeFinal);
            network.release();
            time.advance(Duration.ofHours(1));
        }
    }

    private void assertAllHaveEnded() {
        assertThat(asked)
                .filteredOn(one -> !one.result().isDone())
                .as("submissions that hang")
                .isEmpty();
    }

    private void assertNobodyPaidTwice() {
        for (int i = 0; i < 4; i++) {
            String key = "key-" + i;
            assertThat(network.tasks())
                    .as("tasks of '%s'", key)
                    .filteredOn(task -> key.equals(task.order().idempotencyKey()))
                    .filteredOn(ScriptedTask::isCharged)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.protocol.relay.life.SimulatedRelay.Script;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lost answers and processes that stop at any step change neither what becomes of a request nor what it costs. */
class MoneySurvivesCrashesTest {
    private static final int RUNS = 200;

    private static Script after(int start, int run, String result) {
        return new Script(Duration.ofSeconds(start), Duration.ofSeconds(run), result);
    }

    private static final Script GOOD = after(2, 20, "good");
    private static final Script LATER = after(30, 25, "good");
    private static final Script OTHER = after(4, 22, "other");
    private static final Script ERROR = after(2, 10, Script.ERROR);

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("single", false, Map.of(0, GOOD), Ending.SUCCEEDED, 1),
                Arguments.of("single error", false, Map.of(0, ERROR), Ending.PARAMETERS_REFUSED_BY_NODES, 0),
                Arguments.of("all equal", true, Map.of(0, GOOD, 1, GOOD, 2, LATER), Ending.SUCCEEDED, 1),
                Arguments.of("one other", true, Map.of(0, GOOD, 1, OTHER, 2, LATER), Ending.SUCCEEDED, 2),
                Arguments.of("first other", true, Map.of(0, OTHER, 1, GOOD, 2, LATER), Ending.SUCCEEDED, 2),
                Arguments.of("none equal", true, Map.of(0, GOOD, 1, OTHER, 2, after(3, 9, "third")), Ending.ABORTED, 0),
                Arguments.of(
                        "three errors",
                        true,
                        Map.of(0, ERROR, 1, ERROR, 2, ERROR),
                        Ending.PARAMETERS_REFUSED_BY_NODES,
                        0),
                Arguments.of("one never starts", true, Map.of(0, GOOD, 1, GOOD), Ending.SUCCEEDED, 1),
                Arguments.of("two never start", true, Map.of(0, GOOD), Ending.ABORTED, 0),
                Arguments.of(
                        "error, others never start", true, Map.of(0, ERROR), Ending.PARAMETERS_REFUSED_BY_NODES, 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void requestEndsAsItShould(String name, boolean sampled, Map<Integer, Script> scripts, Ending ending, int fees) {
        for (TaskKind kind : new TaskKind[] {TaskKind.SD, TaskKind.GPT}) {
            SimulatedRelay relay = new SimulatedRelay(SimulatedDriver.START, scripts, Map.of(0, sampled));
            SimulatedDriver driver = new SimulatedDriver(relay, kind, new Random(0), 0, 0);
            driver.run();

            check(relay, driver, ending, fees, kind + " undisturbed");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void lostAnswersAndCrashesChangeNothing(
            String name, boolean sampled, Map<Integer, Script> scripts, Ending ending, int fees) {
        for (int seed = 0; seed < RUNS; seed++) {
            TaskKind kind = seed % 2 == 0 ? TaskKind.SD : TaskKind.GPT;
            SimulatedRelay relay = new SimulatedRelay(SimulatedDriver.START, scripts, Map.of(0, sampled));
            SimulatedDriver driver = new SimulatedDriver(relay, kind, new Random(seed), 0.2, 0.2);
            driver.run();

            check(relay, driver, ending, fees, "seed " + seed);
        }
    }

    /** Two errors and a score cost the score's fee; if the third is still queued then, it is cancelled, and nothing is paid. */
    @Test
    void whatDependsOnTheTimeIsToldAsItIs() {
        for (int seed = 0; seed < RUNS; seed++) {
            SimulatedRelay relay =
                    new SimulatedRelay(SimulatedDriver.START, Map.of(0, ERROR, 1, ERROR, 2, GOOD), Map.of(0, true));
            SimulatedDriver driver = new SimulatedDriver(relay, TaskKind.SD, new Random(seed), 0.2, 0.2);
            driver.run();

            assertThat(driver.outcome().isSettled()).as("seed " + seed).isTrue();
            assertThat(driver.outcome().money().spentWei()).as("seed " + seed).isEqualTo(relay.spent());
            assertThat(driver.outcome().ending())
                    .as("seed " + seed)
                    .isEqualTo(relay.spent().signum() == 0 ? Ending.PARAMETERS_REFUSED_BY_NODES : Ending.INVALIDATED);
            assertThat(relay.missed()).as("seed " + seed).isZero();
        }
    }

    private static void check(SimulatedRelay relay, SimulatedDriver driver, Ending ending, int fees, String run) {
        Outcome outcome = driver.outcome();
        assertThat(relay.allEnded()).as(run + " " + driver.life().members()).isTrue();
        assertThat(outcome.isSettled()).as(run + " " + driver.life().members()).isTrue();
        assertThat(outcome.money().spentWei()).as(run + ": told and real cost").isEqualTo(relay.spent());
        assertThat(relay.missed()).as(run + ": no deadline is missed").isZero();
        assertThat(outcome.ending()).as(run + " " + driver.life().members()).isEqualTo(ending);
        assertThat(relay.spent()).as(run).isEqualTo(SimulatedRelay.FEE.multiply(BigInteger.valueOf(fees)));
    }
}

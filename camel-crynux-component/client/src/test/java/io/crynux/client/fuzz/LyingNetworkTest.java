// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.fuzz;

import io.crynux.client.fuzz.FuzzedTask.Liar;
import io.crynux.devnet.CrynuxDevnet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No answer of node or Relay, whatever its bytes, makes a client hang, pay twice, lose a payment without a word, or fail with
 * something else than a CrynuxException. {@code -Dcrynux.fuzz.seed} (0: another one each time) and
 * {@code -Dcrynux.fuzz.runs} say what is tried.
 */
class LyingNetworkTest {
    private static final long SEED = Long.getLong("crynux.fuzz.seed", 1);
    private static final int RUNS = Integer.getInteger("crynux.fuzz.runs", 24);
    private static final int SIDE_BY_SIDE = 8;
    private static final int WALLETS = 200;

    @ParameterizedTest
    @EnumSource(Liar.class)
    void aClientThatIsLiedToEndsEveryTaskAndTellsTheTruth(Liar liar) throws Exception {
        long seed = SEED == 0 ? ThreadLocalRandom.current().nextLong() : SEED;
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        List<AssertionError> failures = new ArrayList<>();
        try {
            for (int from = 0; from < RUNS; from += WALLETS) {
                failures.addAll(run(liar, seed + from, Math.min(WALLETS, RUNS - from), threads));
            }
        } finally {
            threads.shutdownNow();
        }
        if (!failures.isEmpty()) {
            AssertionError first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static List<AssertionError> run(Liar liar, long seed, int runs, ExecutorService threads) throws Exception {
        List<AssertionError> failures = new ArrayList<>();
        try (CrynuxDevnet devnet = CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(50))
                .relayLag(Duration.ofMillis(20))
                .workTime(Duration.ofMillis(10))
                .nodes(24)
                .accounts(runs)
                .start()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    try (FuzzedTask task = new FuzzedTask(devnet, devnet.account(number), liar, seed + number)) {
                        task.run();
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    failures.add(e.getCause() instanceof AssertionError told ? told : new AssertionError(e.getCause()));
                }
            }
        }
        return failures;
    }
}

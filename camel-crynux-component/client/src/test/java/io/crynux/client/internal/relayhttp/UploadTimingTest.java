// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How many uploads a task needs, by a simulated Relay whose lag is this and that; no time passes. */
class UploadTimingTest {
    private static final int TASKS = 1_000;
    private static final long RETRY_MILLIS = 400;

    private final RelayLag lag = new RelayLag(Duration.ofSeconds(1));
    private final Random random = new Random(7);

    /** Uploads of tasks one after the other, each behind by between the least and the most. */
    private double uploadsPerTask(int tasks, int least, int most) {
        int uploads = 0;
        for (int i = 0; i < tasks; i++) {
            uploads += upload(lag.next(), least + random.nextInt(most - least + 1));
        }
        return uploads / (double) tasks;
    }

    private int upload(RelayLag.Wait wait, long behind) {
        long now = wait.duration().toMillis();
        if (now >= behind) {
            lag.enough(wait);
            return 1;
        }
        int uploads = 1;
        long refused = now;
        while (now < behind) {
            refused = now;
            now += RETRY_MILLIS;
            uploads++;
        }
        lag.tooShort(wait, Duration.ofMillis(refused), Duration.ofMillis(now));
        return uploads;
    }

    @Test
    void inSteadyStateOneInTenIsTriedTwiceAtMost() {
        for (int[] range : new int[][] {{0, 1_000}, {400, 500}, {1_000, 2_000}, {2_500, 3_500}, {7_000, 7_200}}) {
            uploadsPerTask(100, range[0], range[1]);
            assertThat(uploadsPerTask(TASKS, range[0], range[1]))
                    .as("behind by %d to %d ms", range[0], range[1])
                    .isLessThanOrEqualTo(1.1);
        }
    }

    @Test
    void aQuickRelayIsNotWaitedForLong() {
        assertThat(uploadsPerTask(100, 0, 30)).isLessThan(1.1);
        assertThat(lag.next().duration()).isLessThan(Duration.ofMillis(150));
    }

    @Test
    void manyUploadsAtOnceCountAsOne() {
        RelayLag.Wait[] waits = new RelayLag.Wait[50];
        Arrays.setAll(waits, i -> lag.next());
        for (RelayLag.Wait wait : waits) {
            lag.enough(wait);
        }
        assertThat(lag.next().duration()).isEqualTo(Duration.ofMillis(800));

        Arrays.setAll(waits, i -> lag.next());
        for (RelayLag.Wait wait : waits) {
            upload(wait, 1_100);
        }
        assertThat(lag.next().duration()).isBetween(Duration.ofMillis(800), Duration.ofMillis(1_300));
    }

    @Test
    void anOutageDoesNotMakeLaterTasksLate() {
        upload(lag.next(), Duration.ofMinutes(10).toMillis());

        assertThat(lag.next().duration()).isLessThanOrEqualTo(Duration.ofMillis(2_500));
        for (int i = 0; i < 10; i++) {
            upload(lag.next(), Duration.ofMinutes(10).toMillis());
        }
        assertThat(lag.next().duration()).isEqualTo(Duration.ofSeconds(10));
    }
}

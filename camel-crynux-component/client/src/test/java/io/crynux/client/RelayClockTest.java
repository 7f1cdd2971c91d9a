// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.RelayException;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.RelayFault;
import io.crynux.testing.RelayProxy.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The Relay takes signatures of its own minute only, so a clock that is off must not matter. */
class RelayClockTest extends RelayTestSupport {
    private final SkewedClock clock = new SkewedClock();

    /** The system's time and an offset. */
    private static final class SkewedClock extends Clock {
        private volatile Duration offset = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(offset);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Override
    ChainClientBuilder client() {
        return super.client().clock(clock);
    }

    @Test
    void aClockThatIsOffFromTheBeginningIsNoticedAtOnce() throws Exception {
        clock.offset = Duration.ofMinutes(2);

        assertThat(run(image().build()).state()).isEqualTo(TaskState.DONE);
        assertThat(proxy.seen(Call.NOW)).hasSize(1);
        assertThat(proxy.seen(Call.UPLOAD)).hasSize(1);
    }

    @Test
    void aClockThatIsPutBackLaterCostsOneMoreRequest() throws Exception {
        client.connect().get();
        clock.offset = Duration.ofMinutes(-2);

        assertThat(run(image().build()).state()).isEqualTo(TaskState.DONE);
        assertThat(proxy.seen(Call.NOW)).hasSize(2);
        assertThat(proxy.seen(Call.UPLOAD)).hasSize(2);
        assertThat(proxy.seen(Call.RESULT)).hasSize(1);
    }

    @Test
    void aSignatureThatIsStillInvalidIsNotTriedFurther() throws Exception {
        client.connect().get();
        proxy.always(Call.UPLOAD, RelayFault.refusal("signature", "Invalid signature"));

        assertThat(failure(image().waitFor(WaitFor.UPLOADED).build(), RelayException.class))
                .hasMessageContaining("signature: Invalid signature");
        assertThat(proxy.seen(Call.NOW)).hasSize(2);
        assertThat(proxy.seen(Call.UPLOAD)).hasSize(2);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import static io.crynux.devnet.fake.TaskLogs.pending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.fake.Signer;
import io.crynux.devnet.fake.TestRelay;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelayLagTest {
    private static final String GPT = "{\"model\":\"m\",\"messages\":[]}";

    @Test
    void aTaskIsNotFoundUntilTheRelayHasCaughtUp() {
        Signer creator = Signer.number(1);
        try (var relay = new TestRelay(Duration.ofSeconds(2), 1 << 20, Clock.systemUTC())) {
            // The first request of a JVM takes its time, which is not to be mistaken for the lag.
            assertThat(relay.calls().upload(creator, 5, GPT).status()).isEqualTo(400);
            relay.block(pending(5, 1, creator.address(), GPT));

            assertThat(relay.calls().upload(creator, 5, GPT).refusal())
                    .isEqualTo("task_id: Task not found on the Blockchain");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> relay.calls().upload(creator, 5, GPT).status() == 200);
        }
    }
}

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

    private final Signer creator = Signer.number(1);

    @Test
    void aTaskIsNotFoundWhileTheRelayIsBehind() {
        // Far longer than the test takes on any machine.
        try (var relay = new TestRelay(Duration.ofHours(1), 1 << 20, Clock.systemUTC())) {
            relay.block(pending(5, 1, creator.address(), GPT));

            assertThat(relay.calls().upload(creator, 5, GPT).refusal())
                    .isEqualTo("task_id: Task not found on the Blockchain");
        }
    }

    @Test
    void aTaskIsFoundOnceTheRelayHasCaughtUp() {
        try (var relay = new TestRelay(Duration.ofMillis(200), 1 << 20, Clock.systemUTC())) {
            relay.block(pending(5, 1, creator.address(), GPT));

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> relay.calls().upload(creator, 5, GPT).status() == 200);
        }
    }
}

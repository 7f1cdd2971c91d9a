// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.CrynuxDevnetBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The client learns how far the Relay is behind the chain, so that uploads rarely come too early. */
class LearnedRelayLagTest extends RelayTestSupport {
    private static final int WARM_UP = 10;
    private static final int MEASURED = 36;

    @Override
    CrynuxDevnetBuilder network() {
        // Without nodes tasks only queue, and the queue has 50 places.
        return CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(50))
                .relayLag(Duration.ofMillis(400))
                .nodes(0);
    }

    @Override
    ChainClientBuilder client() {
        EngineSettings usual = EngineSettings.DEFAULT;
        return super.client()
                .engine(new EngineSettings(
                        usual.finality(),
                        usual.payments(),
                        usual.downloadDelay(),
                        usual.retention(),
                        new Limits(50, 50, 50),
                        usual.budget()));
    }

    @Test
    void aTaskRarelyNeedsASecondUpload() throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            upload();
        }
        long before = uploads();
        for (int i = 0; i < MEASURED; i++) {
            upload();
        }
        double perTask = (uploads() - before) / (double) MEASURED;

        assertThat(perTask).as("upload requests per task").isLessThan(1.5);
    }

    private long uploads() {
        return devnet.relay().requestCounts().get("POST /v1/inference_tasks").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}

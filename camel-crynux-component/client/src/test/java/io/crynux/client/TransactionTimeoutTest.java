// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.TransactionTimeoutException;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A payment that is in no block for too long is told as such, and stays watched. */
@Tag("chain")
class TransactionTimeoutTest extends ChainTestSupport {

    @Test
    void thePaymentMayStillBeMinedAndIsFollowedThen() throws Exception {
        start(still());
        PaymentSettings payments = new PaymentSettings(Duration.ofSeconds(30), Duration.ZERO, Duration.ofMillis(500));
        CrynuxClient client = open(builder().engine(engine(payments)));

        assertThat(failure(client.submit(question("30").idempotencyKey("once").build())))
                .isInstanceOf(TransactionTimeoutException.class)
                .hasMessageContaining("may still be mined")
                .hasMessageContaining("costs 30 CNX");

        devnet.chain().mine();
        await().atMost(SOON)
                .until(() -> devnet.relay().parameters(BigInteger.ONE).isPresent());
        // Who asks again joins it, and pays nothing.
        assertThat(get(client.submit(question("30")
                                .idempotencyKey("once")
                                .waitFor(io.crynux.client.task.WaitFor.UPLOADED)
                                .build()))
                        .state())
                .isEqualTo(TaskState.UPLOADED);
        assertThat(sent()).hasSize(1);
    }
}

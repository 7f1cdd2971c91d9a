// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.task.TaskResult;
import io.crynux.devnet.contract.ContractSettings;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From when on a task may be cancelled is a matter of the chain's clock, which is not the host's. */
class CancelByTheChainsClockTest extends ChainTestSupport {
    private static final BigInteger FEE = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(30));

    private void startWithChainAhead(Duration ahead, Duration blockTime) {
        start(quick().blockTime(blockTime)
                .clock(Clock.offset(Clock.systemUTC(), ahead))
                .contract(ContractSettings.defaults().withTaskTimeout(Duration.ofSeconds(3))));
        devnet.faults().nodes().neverAnswer(3);
    }

    private CompletableFuture<TaskResult> submitWithCancelOnTimeout() {
        return open(builder())
                .submit(question("30")
                        .timeout(Duration.ofSeconds(1))
                        .cancelOnTimeout(true)
                        .build());
    }

    @ParameterizedTest(name = "{0} s")
    @ValueSource(ints = {-600, -122, 122, 600})
    void aTaskIsCancelledByOneTransactionHoweverFarTheChainsClockIsOff(int seconds) throws Exception {
        startWithChainAhead(Duration.ofSeconds(seconds), Duration.ofMillis(100));

        Throwable failure = failure(submitWithCancelOnTimeout());

        assertThat(failure).isInstanceOf(TaskAbortedException.class);
        assertThat(((TaskAbortedException) failure).facts().refundedWei()).isEqualTo(FEE);
        assertThat(minedTransactions()).as("a payment, and a cancellation").isEqualTo(2);
    }

    @Test
    void onAChainWithoutEmptyBlocksTheTimeSinceTheLastBlockCounts() throws Exception {
        startWithChainAhead(Duration.ofSeconds(-122), Duration.ZERO);
        CompletableFuture<TaskResult> result = open(builder()
                        .engine(new EngineSettings(
                                new Finality(2, null, Duration.ofSeconds(1)),
                                PaymentSettings.DEFAULT,
                                Duration.ofSeconds(1),
                                Duration.ofDays(1),
                                Limits.DEFAULT,
                                BudgetSettings.UNLIMITED)))
                .submit(question("30")
                        .timeout(Duration.ofSeconds(1))
                        .cancelOnTimeout(true)
                        .build());

        Throwable failure = failure(result);

        assertThat(failure).isInstanceOf(TaskAbortedException.class);
        assertThat(((TaskAbortedException) failure).facts().refundedWei()).isEqualTo(FEE);
        assertThat(minedTransactions()).as("a payment, and a cancellation").isEqualTo(2);
    }
}

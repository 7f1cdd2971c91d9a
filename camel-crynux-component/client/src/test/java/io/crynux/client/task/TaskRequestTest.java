// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a request cannot ask for is refused by the builder, by the name of the setting. */
class TaskRequestTest {

    @Test
    void valuesThatCannotBeAreRefused() {
        Map<String, Consumer<TaskRequest.Builder>> mistakes = Map.ofEntries(
                Map.entry("fee is 'much'", b -> b.fee("much")),
                Map.entry("fee is '30 CNX'", b -> b.fee("30 CNX")),
                Map.entry("fee is 1E-19", b -> b.fee(new BigDecimal("1E-19"))),
                Map.entry("vramLimit is 0", b -> b.vramLimit(0)),
                Map.entry("cap is -1", b -> b.cap(-1)),
                Map.entry("gpuName is blank", b -> b.gpu(" ", 24)),
                Map.entry("gpuVram is -1", b -> b.gpu("x", -1)),
                Map.entry("timeout is PT0S", b -> b.timeout(Duration.ZERO)),
                Map.entry("timeout is PT-1S", b -> b.timeout(Duration.ofSeconds(-1))),
                Map.entry("timeout is PT876024H", b -> b.timeout(Duration.ofDays(36_501))),
                Map.entry("maxResultBytes is 0", b -> b.maxResultBytes(0)),
                Map.entry("spoolThreshold is -1", b -> b.spoolThreshold(-1)),
                Map.entry("idempotencyKey is blank", b -> b.idempotencyKey(" ")),
                Map.entry("maxAttempts is 0", b -> b.maxAttempts(0)),
                Map.entry("feeIncrease is -0.1", b -> b.feeIncrease(new BigDecimal("-0.1"))),
                Map.entry("maxFeeWei is 0", b -> b.maxFeeWei(BigInteger.ZERO)));

        mistakes.forEach((words, mistake) -> assertThatThrownBy(() -> mistake.accept(builder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(words)
                .hasMessageContaining("; it must be "));
        assertThatThrownBy(() -> builder().fee("0").build()).hasMessageContaining("above 0 CNX");
    }

    @Test
    void valuesThatCanBeAreTaken() {
        TaskRequest request = builder()
                .fee(" 0.5 ")
                .cap(0)
                .spoolThreshold(0)
                .idempotencyKey(null)
                .maxFeeWei(null)
                .timeout(TaskRequest.LONGEST_TIMEOUT)
                .build();

        assertThat(request.feeWei()).isEqualTo(new BigInteger("500000000000000000"));
    }

    private static TaskRequest.Builder builder() {
        return TaskRequest.builder(SdParameters.builder("a lighthouse").build());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Estimates of tasks; time-outs are those that a Relay without experience had in recordings 01, 02, 03 and 48. */
class PricingTest {
    @ParameterizedTest
    @CsvSource({"1, 80", "4, 140", "10, 260"})
    void picturesGetTimeByTheirNumber(int pictures, long seconds) throws RequestRefusedException {
        assertThat(Pricing.executionTimeout(0, workload(0, picture(pictures, 1)), true))
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"Say hello to number 1796000696, 30, 1, 307", "x, 256, 3000000, 952", "x, 30, 1, 307"})
    void answersGetTimeByTheirText(String text, int tokens, int times, long seconds) throws RequestRefusedException {
        Workload workload = workload(1, question(text.repeat(times), tokens));

        assertThat(Pricing.executionTimeout(1, workload, true)).isEqualTo(seconds);
        assertThat(Pricing.executionTimeout(1, workload, false)).isEqualTo(seconds - 240);
    }

    @Test
    void aTimeoutHasBounds() throws RequestRefusedException {
        assertThat(Pricing.executionTimeout(0, workload(0, picture(10, 100)), false))
                .isEqualTo(7200);
        assertThat(Pricing.executionTimeout(1, workload(1, question("x", 0)), false))
                .isEqualTo(61);
    }

    @Test
    void picturesInMessagesTakeTime() {
        var workload = new Workload(BigInteger.ZERO, 0, 2, BigInteger.valueOf(3_000_000), BigInteger.ZERO);

        assertThat(Pricing.seconds(1, workload, 0)).isEqualTo(30 + 20 + 15);
    }

    @Test
    void fineTuningTakesTheTimeThatTheCreatorGives() {
        assertThat(Pricing.seconds(2, Workload.NONE, 3600)).isEqualTo(3600);
        assertThat(Pricing.seconds(2, Workload.NONE, 0)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 40, 25000000000000000",
        "8, 40, 25000000000000000",
        "24, 40, 8333333333333333",
        "80, 1, 100000000000000000"
    })
    void aTaskRanksByWhatItPaysForTimeAndMemory(BigInteger vram, double seconds, BigInteger priority) {
        assertThat(Pricing.priority(BigInteger.TEN.pow(18), seconds, vram)).isEqualTo(priority);
    }

    @Test
    void aTaskWithoutAFeeRanksLast() {
        assertThat(Pricing.priority(BigInteger.ZERO, 40, BigInteger.TEN)).isZero();
    }

    private static Workload workload(long type, String args) throws RequestRefusedException {
        return ArgumentCheck.workload(type, ArgumentCheck.rewritten(type, args));
    }

    private static String picture(int pictures, int steps) {
        return """
                {"base_model": {"name": "crynux-network/sdxl-turbo", "variant": "fp16"}, "prompt": "a lighthouse",
                "task_config": {"num_images": %d, "steps": %d, "cfg": 0, "seed": 1}}"""
                .formatted(pictures, steps);
    }

    private static String question(String text, int tokens) {
        return """
                {"model": "Qwen/Qwen2.5-7B", "messages": [{"role": "user", "content": "%s"}], "seed": 42,
                "generation_config": {"do_sample": false, "max_new_tokens": %d}, "dtype": "bfloat16"}"""
                .formatted(text, tokens);
    }
}

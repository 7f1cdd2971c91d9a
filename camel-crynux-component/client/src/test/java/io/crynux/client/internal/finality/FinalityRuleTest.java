// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.finality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A block is final by depth, by the chain's word, or because the chain stands still. */
class FinalityRuleTest {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private static BlockRef block(long number) {
        return new BlockRef(BigInteger.valueOf(number), "0x" + number);
    }

    private static FinalityRule rule(String finality, Duration timeout, long head, Duration stillFor) {
        FinalityRule rule = new FinalityRule(Finality.parse(finality, timeout));
        rule.onHead(block(head), stillFor);
        return rule;
    }

    @Test
    void nothingIsFinalBeforeAnythingIsHeard() {
        assertThat(new FinalityRule(Finality.DEFAULT).isFinal(block(1))).isFalse();
    }

    @Test
    void byDepth() {
        FinalityRule rule = rule("5", TWO_MINUTES, 100, Duration.ZERO);

        assertThat(rule.isFinal(block(95))).isTrue();
        assertThat(rule.isFinal(block(96))).isFalse();
        assertThat(rule("0", TWO_MINUTES, 100, Duration.ZERO).isFinal(block(100)))
                .isTrue();
    }

    @Test
    void byTheChainsWord() {
        FinalityRule rule = rule("safe", TWO_MINUTES, 100, Duration.ZERO);
        assertThat(rule.isFinal(block(1))).isFalse();

        rule.onTagged(BigInteger.valueOf(68));

        assertThat(rule.isFinal(block(68))).isTrue();
        assertThat(rule.isFinal(block(69))).isFalse();
    }

    @Test
    void aWordAboutBlocksThatWereNotReadIsOfNoUse() {
        FinalityRule rule = rule("finalized", TWO_MINUTES, 100, Duration.ZERO);

        rule.onTagged(BigInteger.valueOf(1_000));

        assertThat(rule.isFinal(block(101))).isFalse();
    }

    @Test
    void byStillness() {
        assertThat(rule("5", TWO_MINUTES, 100, TWO_MINUTES).isFinal(block(100))).isTrue();
        assertThat(rule("safe", TWO_MINUTES, 100, TWO_MINUTES).isFinal(block(100)))
                .isTrue();
        assertThat(rule("5", TWO_MINUTES, 100, TWO_MINUTES.minusMillis(1)).isFinal(block(100)))
                .isFalse();
        assertThat(rule("5", Duration.ZERO, 100, Duration.ofDays(1)).isFinal(block(100)))
                .isFalse();
    }

    @Test
    void asUsersWriteIt() {
        assertThat(Finality.parse(" 12 ", TWO_MINUTES)).isEqualTo(new Finality(12, null, TWO_MINUTES));
        assertThat(Finality.parse("Finalized", TWO_MINUTES).tag()).isEqualTo(Finality.Tag.FINALIZED);
        assertThatThrownBy(() -> Finality.parse("soon", TWO_MINUTES))
                .hasMessage("finality is 'soon'; it must be a number of blocks such as 5, or safe, or finalized");
        assertThatThrownBy(() -> Finality.parse("-1", TWO_MINUTES))
                .hasMessage("finality is -1; it must be 0 blocks or more");
        assertThatThrownBy(() -> Finality.parse("5", Duration.ofMillis(-1)))
                .hasMessage("finalityTimeout must not be negative; 0 disables it");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others wrote stands in messages and logs on one line, short, and without what a terminal obeys. */
class ForeignTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`a\nb`, a b",
                "`nonce too low\r\n2026-11-30 INFO forged`, nonce too low 2026-11-30 INFO forged",
                "`\u001b[31mred\u001b[0m`, `[31mred [0m`",
                "`a\u0000\u0007\u0085b`, a b",
                "`a\u2028\u2029b`, a b",
                "`a\u00a0\u3000b`, a b",
                "`a\u202eb\u2066c\u200dd\ufeff`, abcd",
                "`a\ud800b\udc00`, ab",
                "`  a  `, a",
                "`\t\u200b`, ``",
                "`Grüße \ud83d\ude00`, `Grüße \ud83d\ude00`",
            })
    void itIsOneLineOfVisibleCharacters(String text, String shown) {
        assertThat(ForeignText.shown(text)).isEqualTo(shown);
    }

    @Test
    void itIsCutWhereItIsLong() {
        assertThat(ForeignText.shown("x".repeat(301))).isEqualTo("x".repeat(300) + "...");
        assertThat(ForeignText.shown("x".repeat(300))).isEqualTo("x".repeat(300));
        assertThat(ForeignText.shown("ab  cd", 4)).isEqualTo("ab c...");
    }

    @Test
    void aPairOfSurrogatesIsNotCutInHalves() {
        assertThat(ForeignText.shown("ab\ud83d\ude00\ud83d\ude00", 3)).isEqualTo("ab\ud83d\ude00...");
    }

    @Test
    void nothingIsShownAsNothing() {
        assertThat(ForeignText.shown(null)).isEmpty();
    }
}

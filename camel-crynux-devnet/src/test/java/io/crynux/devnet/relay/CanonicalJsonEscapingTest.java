// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonEscapingTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "0022, \\\"",
                "005c, \\\\",
                "000a, \\n",
                "000d, \\r",
                "0009, \\t",
                "0000, \\u0000",
                "0008, \\u0008",
                "000c, \\u000c",
                "001f, \\u001f",
                "003c, \\u003c",
                "003e, \\u003e",
                "0026, \\u0026",
                "2028, \\u2028",
                "2029, \\u2029"
            })
    void charactersThatGoEscapes(String point, String escaped) {
        String text = Character.toString(Integer.parseInt(point, 16));
        assertThat(of("a" + text + "b")).isEqualTo("{\"p\":\"a" + escaped + "b\"}");
    }

    @ParameterizedTest
    @CsvSource({"0020", "002f", "0027", "007f", "0085", "00e9", "706f", "1f419", "feff", "fffd"})
    void charactersThatStayAsTheyAre(String point) {
        String text = Character.toString(Integer.parseInt(point, 16));
        assertThat(of(text)).isEqualTo("{\"p\":\"" + text + "\"}");
    }

    @Test
    void halfASurrogatePairIsTheReplacementCharacter() {
        assertThat(of("a\ud83db")).isEqualTo("{\"p\":\"a\ufffdb\"}");
    }

    @Test
    void membersAreSortedAndNumbersPlain() {
        var members = new TreeMap<String, Object>(
                Map.of("task_id", new BigInteger("18446744073709551615"), "image_num", "0", "a", 7L));
        assertThat(CanonicalJson.of(members))
                .isEqualTo("{\"a\":7,\"image_num\":\"0\",\"task_id\":18446744073709551615}");
    }

    private static String of(String text) {
        return CanonicalJson.of(new TreeMap<>(Map.of("p", text)));
    }
}

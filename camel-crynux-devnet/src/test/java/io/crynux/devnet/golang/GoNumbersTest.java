// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of doubles are those of Go 1.26. */
class GoNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0x0000000000000000, 0, 0",
        "0x8000000000000000, -0, -0",
        "0x3ff0000000000000, 1, 1",
        "0xbff0000000000000, -1, -1",
        "0x3fb999999999999a, 0.1, 0.1",
        "0x4038000000000000, 24, 24",
        "0x412e848000000000, 1000000, 1e+06",
        "0x412e847e00000000, 999999, 999999",
        "0x4132d68700000000, 1234567, 1.234567e+06",
        "0x40fe240000000000, 123456, 123456",
        "0x4415af1d78b58c40, 100000000000000000000, 1e+20",
        "0x444b1ae4d6e2ef50, 1e+21, 1e+21",
        "0x4454542ba12a337c, 1.5e+21, 1.5e+21",
        "0x441ac53a7e04bcda, 123456789012345680000, 1.2345678901234568e+20",
        "0x3eb0c6f7a0b5ed8d, 0.000001, 1e-06",
        "0x3e7ad7f29abcaf48, 1e-7, 1e-07",
        "0x3e80c6f7a0b5ed8d, 1.25e-7, 1.25e-07",
        "0x3f1a36e2eb1c432d, 0.0001, 0.0001",
        "0x3ee4f8b588e368f1, 0.00001, 1e-05",
        "0x3f201f31f46ed246, 0.000123, 0.000123",
        "0x4340000000000000, 9007199254740992, 9.007199254740992e+15",
        "0x43f0000000000000, 18446744073709552000, 1.8446744073709552e+19",
        "0x0000000000000001, 5e-324, 5e-324",
        "0x000000000000000a, 5e-323, 5e-323",
        "0x0010000000000000, 2.2250738585072014e-308, 2.2250738585072014e-308",
        "0x7fefffffffffffff, 1.7976931348623157e+308, 1.7976931348623157e+308",
        "0x3d30000000000000, 5.684341886080802e-14, 5.684341886080802e-14",
        "0x4580000000000000, 6.189700196426902e+26, 6.189700196426902e+26",
        "0x36dc8b8218854567, 2e-44, 2e-44",
        "0x3fd3333333333333, 0.3, 0.3",
        "0x3fd5555555555555, 0.3333333333333333, 0.3333333333333333",
        "0x40f86a0000000000, 100000, 100000",
        "0x54b249ad2594c37d, 1e+100, 1e+100",
        "0xc19d6f3454800000, -123456789.125, -1.23456789125e+08",
        "0x44c52d02c7e14af6, 2e+23, 2e+23",
        "0x3eb0000000000000, 9.5367431640625e-7, 9.5367431640625e-07",
        "0x4480f0cf064dd592, 1e+22, 1e+22",
        "0x44b52d02c7e14af6, 1e+23, 1e+23"
    })
    void areShortest(String bits, String json, String printed) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits.substring(2), 16));

        assertThat(GoNumbers.json(value)).isEqualTo(json);
        assertThat(GoNumbers.printed(value)).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void areNumbers(double value) {
        assertThatThrownBy(() -> GoNumbers.json(value)).isInstanceOf(IllegalArgumentException.class);
    }
}

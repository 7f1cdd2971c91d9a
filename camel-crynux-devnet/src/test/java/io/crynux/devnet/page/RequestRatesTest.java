// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rates out of counters that only grow, one look at them a second. */
class RequestRatesTest {
    private final RequestRates rates = new RequestRates();

    @Test
    void theMeanOfTheLastTenSecondsAndTheSeriesOfAMinute() {
        for (long second = 1; second <= 70; second++) {
            rates.sample(Map.of("a", 2 * second, "b", second <= 65 ? 0L : 5L));
        }

        RequestRates.Rates told = rates.rates();
        assertThat(told.total()).isEqualTo(145);
        assertThat(told.perSecond()).isEqualTo(2.5);
        assertThat(told.series()).hasSize(60).startsWith(2L, 2L).endsWith(7L, 2L, 2L, 2L, 2L);
        assertThat(told.by()).extracting(RequestRates.Rate::name).containsExactly("a", "b");
        assertThat(told.by().get(1).perSecond()).isEqualTo(0.5);
    }

    @Test
    void ofManyNamesThoseAskedForMost() {
        var counts = new TreeMap<String, Long>();
        IntStream.rangeClosed(1, 40).forEach(i -> counts.put("method " + i, (long) i));
        rates.sample(counts);

        assertThat(rates.rates().by()).hasSize(12).first().matches(rate -> rate.name()
                .equals("method 40"));
        assertThat(rates.rates().total()).isEqualTo(820);
    }
}

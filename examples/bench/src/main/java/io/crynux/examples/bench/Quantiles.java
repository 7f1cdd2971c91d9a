// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.util.List;

/** Quantiles of values. */
final class Quantiles {

    private Quantiles() {}

    /** The smallest value that this part of the values does not exceed; 0 if there are no values. */
    static double of(List<Double> values, double part) {
        if (values.isEmpty()) {
            return 0;
        }
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) Math.ceil(part * sorted.size()) - 1));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.golang;

/** A number as it stands in a JSON text, as Go's {@code json.Number}. */
public record JsonNumber(String text) {
    /** The nearest double; infinite if the number is beyond a double. */
    public double toDouble() {
        return Double.parseDouble(text);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Size of the measurement in a line of the table.
 *
 * @param inFlight number of tasks in flight at any time
 * @param tasks total number of tasks
 */
record Size(int inFlight, int tasks) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6}):(\\d{1,6})");

    boolean wanted() {
        return inFlight > 0 && tasks > 0;
    }

    /** Parses sizes such as 100:2000. */
    static final class Converter implements ITypeConverter<Size> {
        @Override
        public Size convert(String text) {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' does not have the form 100:2000 (tasks in flight, total number of tasks)");
            }
            return new Size(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        }
    }
}

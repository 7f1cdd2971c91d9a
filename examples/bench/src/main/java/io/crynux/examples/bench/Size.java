// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How much a line of the table measures.
 *
 * @param inFlight tasks that are under way at any time
 * @param tasks in all
 */
record Size(int inFlight, int tasks) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6}):(\\d{1,6})");

    boolean wanted() {
        return inFlight > 0 && tasks > 0;
    }

    /** Reads sizes such as 100:2000. */
    static final class Converter implements ITypeConverter<Size> {
        @Override
        public Size convert(String text) {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is not of the form 100:2000 (tasks in flight, tasks in all)");
            }
            return new Size(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        }
    }
}

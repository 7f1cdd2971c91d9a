// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The values that an option can have. */
sealed interface Range {

    /** Whether a value that is set is one of them. */
    boolean allows(Object value);

    /** The values in words that follow "it must be". */
    String text();

    /** Whole numbers. */
    record Whole(long least, long most) implements Range {
        @Override
        public boolean allows(Object value) {
            long number = ((Number) value).longValue();
            return number >= least && number <= most;
        }

        @Override
        public String text() {
            return most == Long.MAX_VALUE ? least + " or more" : least + " to " + most;
        }
    }

    /** Whole numbers above 0 that something divides. */
    record Multiple(int of) implements Range {
        @Override
        public boolean allows(Object value) {
            long number = ((Number) value).longValue();
            return number > 0 && number % of == 0;
        }

        @Override
        public String text() {
            return "a multiple of " + of + " above 0";
        }
    }

    /** Decimal numbers; neither NaN nor an infinity is one. */
    record Decimal(long least, long most) implements Range {
        @Override
        public boolean allows(Object value) {
            double number = (Double) value;
            return Double.isFinite(number) && number >= least && number <= most;
        }

        @Override
        public String text() {
            return new Whole(least, most).text();
        }
    }

    /** Times, in milliseconds or as a duration. */
    record Time(Duration least) implements Range {
        /** 100 years. Beyond it no deadline can be kept. */
        static final Duration LONGEST = Duration.ofDays(36_500);

        @Override
        public boolean allows(Object value) {
            Duration time = value instanceof Duration duration ? duration : Duration.ofMillis((Long) value);
            return time.compareTo(least) >= 0 && time.compareTo(LONGEST) <= 0;
        }

        @Override
        public String text() {
            return least.isZero() ? "0 to 36500d" : "above 0 and at most 36500d";
        }
    }

    /** Text that is not blank. */
    record Text(String text) implements Range {
        @Override
        public boolean allows(Object value) {
            return !value.toString().isBlank();
        }
    }

    /** Some words, in lower case. Other cases of them are old spellings, which are still read. */
    record Choice(List<String> values) implements Range {
        @Override
        public boolean allows(Object value) {
            return values.contains(lower(value));
        }

        /** The word as it is written today. */
        String lower(Object value) {
            return value.toString().trim().toLowerCase(Locale.ROOT);
        }

        @Override
        public String text() {
            int last = values.size() - 1;
            return String.join(", ", values.subList(0, last)) + " or " + values.get(last);
        }
    }

    /** Amounts of CNX. */
    record Cnx() implements Range {
        @Override
        public boolean allows(Object value) {
            return FeeRules.isAmount(value.toString());
        }

        @Override
        public String text() {
            return "above 0 with at most 18 decimals, such as 30 or 0.5";
        }
    }

    /** Fees in CNX: the network counts them in gwei, in 64 bits. */
    record Fee() implements Range {
        @Override
        public boolean allows(Object value) {
            return FeeRules.isFee(value.toString());
        }

        @Override
        public String text() {
            return "above 0 and below 9223372036.854775808 with at most 18 decimals, such as 30 or 0.5";
        }
    }

    /** Text that the client reads; it throws an IllegalArgumentException for any other. */
    record Read(String text, Consumer<String> reader) implements Range {
        @Override
        public boolean allows(Object value) {
            try {
                reader.accept(value.toString());
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    /** Text that the client refuses by the option's name when it is built, before it contacts anything. */
    record OfClient(String text) implements Range {
        @Override
        public boolean allows(Object value) {
            return true;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects warnings, with the checks that all kinds of tasks share. */
final class Findings {
    private final List<Violation> found = new ArrayList<>();

    List<Violation> list() {
        return List.copyOf(found);
    }

    void add(String pointer, String problem) {
        found.add(new Violation(pointer, problem));
    }

    /** The Relay's price calculation decodes this number into an unsigned 64-bit integer, with Go's decoder. */
    void checkPriceFactor(JsonNode value, String pointer) {
        if (!value.isNumber()) {
            return;
        }
        BigDecimal number = value.isFloatingPointNumber() ? exact(value) : new BigDecimal(value.bigIntegerValue());
        if (number != null && number.signum() < 0) {
            add(pointer, "is negative; the Relay refuses that");
        } else if (value.isFloatingPointNumber()) {
            add(
                    pointer,
                    "is written as " + ValueText.of(value) + "; the Relay takes an integer without point or exponent");
        }
    }

    private static BigDecimal exact(JsonNode value) {
        // A tree made in Java can hold NaN and the infinities, which the schema refuses.
        return Double.isFinite(value.doubleValue()) || value.isBigDecimal() ? value.decimalValue() : null;
    }

    /** Names of models: the Relay puts them into ids such as {@code base:name+variant} and lower-cases those. */
    void checkModelName(JsonNode name, String pointer, boolean urlAllowed) {
        String text = name.asText();
        if (!name.isTextual() || text.isEmpty()) {
            return;
        }
        if (text.indexOf('+') >= 0) {
            add(
                    pointer,
                    "contains '+', which separates the variant in the network's model ids: the name is split there");
        }
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            return;
        }
        if (!urlAllowed) {
            add(pointer, "is a URL; nodes load this model from Hugging Face by its name only");
        } else if (!text.equals(text.toLowerCase(Locale.ROOT))) {
            add(
                    pointer,
                    "is a URL with capital letters; it is downloaded under its lower-cased form and looked up as it stands,"
                            + " so the node does not find it");
        }
    }

    /** The schema's list of versions and the nodes' list differ. */
    void checkVersion(JsonNode parameters) {
        if ("2.5.2".equals(parameters.path("version").textValue())) {
            add("/version", "is 2.5.2, which the Relay accepts and the nodes refuse; leave it out");
        }
    }
}

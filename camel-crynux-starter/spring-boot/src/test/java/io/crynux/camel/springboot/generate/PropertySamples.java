// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot.generate;

import io.crynux.camel.CrynuxComponent;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.BeanWrapperImpl;

/** A possible value for each property that is not a bean, other than the default. */
public final class PropertySamples {
    /** Of options whose range the value for their type would be outside of. */
    private static final Map<String, Object> IN_RANGE = Map.of(
            "gasLimit", 7_700_000L,
            "finality", "77",
            "maxTaskFee", "77",
            "budget", "77",
            "maxGasPrice", "77");

    private PropertySamples() {}

    /** By name of the property. */
    public static Map<String, Sample> all() throws IOException {
        Map<String, Sample> samples = new LinkedHashMap<>();
        for (Option option : Option.all()) {
            if (!option.isBean()) {
                samples.put(option.property(), sample(option));
            }
        }
        return samples;
    }

    private static Sample sample(Option option) {
        boolean nested = option.json().has("configurationField");
        String path = nested ? "configuration." + option.name() : option.name();
        Object inRange = IN_RANGE.get(option.name());
        if (inRange != null) {
            return new Sample(path, inRange.toString(), inRange);
        }
        return switch (option.kind()) {
            case "boolean" -> {
                boolean other = !option.defaultValue().asBoolean();
                yield new Sample(path, Boolean.toString(other), other);
            }
            case "duration" -> new Sample(path, "77s", 77_000L);
            case "integer" -> new Sample(path, "77", 77L);
            case "number" -> new Sample(path, "7.5", 7.5);
            case "enum" -> {
                List<String> values = option.values();
                String other = values.get(values.size() - 1);
                yield new Sample(path, other, other);
            }
            default -> new Sample(path, "other-" + option.name(), "other-" + option.name());
        };
    }

    /** What a property is set to, and what the option has to be then. */
    public record Sample(String path, String text, Object value) {

        /** The option's value, as this sample has its own. */
        public Object optionOf(CrynuxComponent component) {
            Object option = new BeanWrapperImpl(component).getPropertyValue(path);
            if (option instanceof Integer number) {
                return number.longValue();
            }
            if (option instanceof Duration time) {
                return time.toMillis();
            }
            return option instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : option;
        }
    }
}

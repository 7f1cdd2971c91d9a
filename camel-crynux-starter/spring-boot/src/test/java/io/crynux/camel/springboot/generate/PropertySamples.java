// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot.generate;

import io.crynux.camel.CrynuxComponent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.BeanWrapperImpl;

/** A value for each property that is no bean, other than the default. */
public final class PropertySamples {
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
            return option instanceof Enum<?> constant ? constant.name() : option;
        }
    }
}

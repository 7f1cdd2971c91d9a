// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus;

import io.crynux.camel.CrynuxComponent;
import io.crynux.camel.CrynuxComponentConfigurer;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.TypeConversionException;
import org.apache.camel.util.ObjectHelper;
import org.apache.camel.util.StringHelper;
import org.eclipse.microprofile.config.Config;

/**
 * The properties {@code camel.component.crynux.*}. Camel would refuse wrong ones too, but with a stack trace, and print the
 * values of unknown ones: a key under a misspelt name must not appear in a log.
 */
final class ComponentProperties {
    static final String PREFIX = "camel.component.crynux.";

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    private static final CrynuxComponentConfigurer OPTIONS = new CrynuxComponentConfigurer();

    private final CamelContext context;

    ComponentProperties(CamelContext context) {
        this.context = context;
    }

    /** The property that sets an option of the component, or null where it has no such option. */
    static String propertyOf(String option) {
        return OPTIONS.getOptionType(option, false) == null ? null : PREFIX + StringHelper.camelCaseToDash(option);
    }

    /** @throws ConfigurationException naming the first property that is not known or whose value cannot be read */
    void check(Config config) {
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(PREFIX))
                .sorted()
                // Nested ones are set on what an option holds; Camel reads them.
                .filter(name -> name.indexOf('.', PREFIX.length()) < 0 && name.indexOf('[') < 0)
                .forEach(name -> check(name, config));
    }

    private void check(String name, Config config) {
        String option = StringHelper.dashToCamelCase(name.substring(PREFIX.length()));
        Class<?> type = OPTIONS.getOptionType(option, true);
        if (type == null) {
            throw refused(name, "is not known; check its spelling against the options of the component");
        }
        String value = value(name, config);
        if (value == null || value.isBlank() || value.startsWith("#") || value.contains("{{")) {
            return;
        }
        // Camel reads text that is not a number as 0.
        if (!isNumberWhereOneIsWanted(value.strip(), type)) {
            throw refused(name, "is '" + value + "', which " + expected(type));
        }
        try {
            OPTIONS.configure(context, new CrynuxComponent(), option, value, true);
        } catch (RuntimeException e) {
            throw refused(name, "is '" + value + "', which " + expected(wanted(e, type)));
        }
    }

    /** A long can be a duration. */
    private static boolean isNumberWhereOneIsWanted(String value, Class<?> type) {
        return switch (type.getSimpleName()) {
            case "int", "Integer", "Long" -> WHOLE_NUMBER.matcher(value).matches();
            case "double", "Double" -> NUMBER.matcher(value).matches();
            default -> true;
        };
    }

    /** Most durations are stored as milliseconds, so the option's own type does not show that it is one. */
    private static Class<?> wanted(RuntimeException failure, Class<?> type) {
        TypeConversionException conversion = ObjectHelper.getException(TypeConversionException.class, failure);
        return conversion == null ? type : conversion.getToType();
    }

    private static String value(String name, Config config) {
        try {
            return config.getOptionalValue(name, String.class).orElse(null);
        } catch (NoSuchElementException e) {
            throw refused(name, "refers to something that is not set: " + e.getMessage());
        }
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "is not one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        return switch (type.getSimpleName()) {
            case "Duration" -> "is not a duration such as 500ms, 10s or 2h";
            case "int", "Integer", "long", "Long" -> "is not a whole number";
            case "double", "Double" -> "is not a number";
            case "boolean", "Boolean" -> "is neither true nor false";
            default -> "is not a " + type.getSimpleName() + "; name a bean of that type as #bean:name";
        };
    }

    private static ConfigurationException refused(String name, String why) {
        return new ConfigurationException(name + " " + why, Set.of(name));
    }
}

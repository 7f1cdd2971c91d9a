// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot;

import io.crynux.client.error.NetworkException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.FailedToStartRouteException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Reports a start that failed because of the component's options, with the properties to set or correct. */
final class CrynuxFailureAnalyzer implements FailureAnalyzer {
    private static final Pattern WORD = Pattern.compile("(?<lead>[Oo]ption )?\\b(?<option>[a-z][A-Za-z]+)\\b");
    private static final Pattern PROPERTY = Pattern.compile("camel\\.component\\.crynux\\.([a-zA-Z]+)");

    private final Environment environment;

    CrynuxFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        Throwable ours = causes(failure)
                .filter(CrynuxFailureAnalyzer::isOurs)
                .findFirst()
                .orElse(null);
        // Spring reports what cannot be converted to the type of its property.
        if (ours == null || causes(failure).anyMatch(BindException.class::isInstance)) {
            return null;
        }
        Set<ConfigurationPropertyName> properties = properties(ours);
        return new FailureAnalysis(description(failure, ours, properties), action(ours, properties), ours);
    }

    /** Any code can throw an IllegalArgumentException; the stack shows whether it was ours. */
    private static boolean isOurs(Throwable cause) {
        if (cause instanceof NetworkException || cause instanceof UnknownPropertyException) {
            return true;
        }
        StackTraceElement[] stack = cause.getStackTrace();
        return cause instanceof IllegalArgumentException
                && cause.getMessage() != null
                && stack.length > 0
                && (stack[0].getClassName().startsWith("io.crynux.camel.")
                        || stack[0].getClassName().startsWith("io.crynux.client."));
    }

    private static Set<ConfigurationPropertyName> properties(Throwable ours) {
        Set<ConfigurationPropertyName> names = new LinkedHashSet<>();
        if (ours instanceof UnknownPropertyException unknown) {
            names.add(unknown.name());
            return names;
        }
        Matcher word = WORD.matcher(ours.getMessage());
        while (word.find()) {
            String option = word.group("option");
            // Options such as model and budget are words of sentences, too.
            boolean meant = word.group("lead") != null || word.start() == 0 || !option.equals(lower(option));
            if (meant && KnownProperties.isOption(option)) {
                names.add(KnownProperties.ofOption(option));
            }
        }
        return names;
    }

    private String description(Throwable failure, Throwable ours, Set<ConfigurationPropertyName> properties) {
        StringBuilder text = new StringBuilder("The component crynux cannot be used as it is configured:\n");
        for (ConfigurationPropertyName property : properties) {
            Origin origin = origin(property);
            text.append("\n    Property: ").append(property);
            text.append("\n    Origin: ").append(origin != null ? origin : isSet(property) ? "unknown" : "not set");
        }
        causes(failure)
                .filter(FailedToStartRouteException.class::isInstance)
                .map(cause -> ((FailedToStartRouteException) cause).getRouteId())
                .findFirst()
                .ifPresent(route -> text.append("\n    Route: ").append(route));
        return text.append("\n    Reason: ")
                .append(inProperties(ours.getMessage()))
                .toString();
    }

    private String action(Throwable ours, Set<ConfigurationPropertyName> properties) {
        if (ours instanceof UnknownPropertyException unknown) {
            return "Correct the name of " + unknown.name() + ", or remove it.";
        }
        if (properties.isEmpty()) {
            return "Correct the endpoint's URI in the route as the reason says.";
        }
        List<ConfigurationPropertyName> set =
                properties.stream().filter(this::isSet).toList();
        if (set.isEmpty()) {
            return (properties.size() == 1 ? "Set " : "Set as the reason says: ") + joined(List.copyOf(properties))
                    + ". If it is set in a route, on an endpoint or by a bean, correct it there.";
        }
        return "Correct " + joined(set) + " as the reason says. A value in a route's URI wins over the property.";
    }

    private static String joined(List<ConfigurationPropertyName> names) {
        return names.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private boolean isSet(ConfigurationPropertyName name) {
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .anyMatch(source -> source.getConfigurationProperty(name) != null);
    }

    private Origin origin(ConfigurationPropertyName name) {
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .map(source -> source.getConfigurationProperty(name))
                .filter(Objects::nonNull)
                .findFirst()
                .map(property -> property.getOrigin())
                .orElse(null);
    }

    /** Camel writes options of components in camel case, Spring with dashes. */
    private static String inProperties(String message) {
        return PROPERTY.matcher(message)
                .replaceAll(match -> KnownProperties.ofOption(match.group(1)).toString());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}

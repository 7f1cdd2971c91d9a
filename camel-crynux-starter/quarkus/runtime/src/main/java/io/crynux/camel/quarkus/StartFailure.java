// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;

/** Reports a wrong option that keeps a route from starting as Quarkus does: with its property and without a stack trace. */
final class StartFailure {
    private static final String OURS = "io.crynux.";
    private static final Pattern WORD = Pattern.compile("[a-z]+(?:[A-Z][a-z]*)*");
    private static final Pattern PROPERTY =
            Pattern.compile(Pattern.quote(ComponentProperties.PREFIX) + "(" + WORD.pattern() + ")");

    private StartFailure() {}

    /** The failure as a configuration error of Quarkus, or null if the component did not cause it. */
    static ConfigurationException told(Throwable failure) {
        String route = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToStartRouteException of) {
                route = of.getRouteId();
            } else if (cause instanceof FailedToCreateRouteException of) {
                route = of.getRouteId();
            }
            if (isOurs(cause) && cause.getMessage() != null) {
                return told(route, cause.getMessage());
            }
        }
        return null;
    }

    private static boolean isOurs(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith(OURS);
    }

    private static ConfigurationException told(String route, String message) {
        Set<String> properties = properties(message);
        String text = PROPERTY.matcher(message).replaceAll(found -> {
            String property = ComponentProperties.propertyOf(found.group(1));
            return Matcher.quoteReplacement(property == null ? found.group() : property);
        });
        String unnamed =
                properties.stream().filter(name -> !text.contains(name)).collect(Collectors.joining(", "));
        ConfigurationException told = new ConfigurationException(
                (route == null ? "" : "Route " + route + " cannot start. ")
                        + text
                        + (unnamed.isEmpty() ? "" : " (" + unnamed + ")"),
                properties);
        // Camel Main logs it with its stack trace, which does not help a user.
        told.setStackTrace(new StackTraceElement[0]);
        return told;
    }

    /** The options that a message names. Names of one word may be plain words of a sentence, so they count after "Option" only. */
    private static Set<String> properties(String message) {
        Set<String> found = new LinkedHashSet<>();
        Matcher word = WORD.matcher(message);
        while (word.find()) {
            String option = word.group();
            boolean named = message.startsWith("Option ", word.start() - "Option ".length());
            if (named || !option.equals(option.toLowerCase(Locale.ROOT))) {
                String property = ComponentProperties.propertyOf(option);
                if (property != null) {
                    found.add(property);
                }
            }
        }
        return found;
    }
}

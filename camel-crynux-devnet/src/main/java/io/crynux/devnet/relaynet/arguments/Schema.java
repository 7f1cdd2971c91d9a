// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import io.crynux.devnet.golang.GoJsonReader;
import io.crynux.devnet.golang.GoSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON schema with the few keywords that the network's schemas use. It finds the same first problem as the Relay's library
 * (santhosh-tekuri/jsonschema v5.3.1), because the Relay's answer names its place in parameters and schema. Validators for Java
 * report other places in another order; and the client has one, with which the devnet must not share a misreading.
 *
 * <p>Where two members are wrong, the library takes either, the devnet the first in the schema.
 */
final class Schema {
    private static final String LOCAL = "#/$defs/";

    private record Problem(String instance, String keyword, String message) {}

    private final Map<?, ?> root;
    private final String url;

    private Schema(Map<?, ?> root, String url) {
        this.root = root;
        this.url = url;
    }

    /**
     * Reads a schema beside this class.
     *
     * @param url where a Relay loads it from; part of its answers
     */
    static Schema load(String file, String url) {
        try (InputStream in = Schema.class.getResourceAsStream("/io/crynux/devnet/relaynet/arguments/" + file)) {
            return new Schema(
                    (Map<?, ?>) GoJsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)), url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GoSyntaxException e) {
            throw new IllegalStateException(file + " is not JSON", e);
        }
    }

    /** The Relay's text for the first problem; empty if the value is valid. */
    Optional<String> problem(Object value) {
        return Optional.ofNullable(find(root, value, "", ""))
                .map(problem -> "jsonschema: " + Keyword.quoted(problem.instance()) + " does not validate with " + url
                        + "#" + problem.keyword() + ": " + problem.message());
    }

    /** The first problem, null if there is none. Places are JSON pointers. */
    private Problem find(Map<?, ?> schema, Object value, String instance, String place) {
        for (Keyword keyword : Keyword.values()) {
            Object rule = schema.get(keyword.text());
            String message = rule == null ? null : keyword.problem(schema, rule, value);
            if (message != null) {
                return new Problem(instance, place + "/" + keyword.text(), message);
            }
            if (keyword == Keyword.REQUIRED) {
                // Members come after the names that are missing, and before those that are too many.
                Problem inside = inMembers(schema, value, instance, place);
                if (inside != null) {
                    return inside;
                }
            }
        }
        return inSubschemas(schema, value, instance, place);
    }

    private Problem inMembers(Map<?, ?> schema, Object value, String instance, String place) {
        if (value instanceof Map<?, ?> members && schema.get("properties") instanceof Map<?, ?> properties) {
            for (Map.Entry<?, ?> property : properties.entrySet()) {
                Object name = property.getKey();
                Problem problem = members.containsKey(name)
                        ? find(
                                (Map<?, ?>) property.getValue(),
                                members.get(name),
                                instance + "/" + name,
                                place + "/properties/" + name)
                        : null;
                if (problem != null) {
                    return problem;
                }
            }
        }
        if (value instanceof List<?> elements && schema.get("items") instanceof Map<?, ?> items) {
            for (int i = 0; i < elements.size(); i++) {
                Problem problem = find(items, elements.get(i), instance + "/" + i, place + "/items");
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }

    private Problem inSubschemas(Map<?, ?> schema, Object value, String instance, String place) {
        if (schema.get("$ref") instanceof String ref) {
            Map<?, ?> definitions = (Map<?, ?>) root.get("$defs");
            Problem problem =
                    find((Map<?, ?>) definitions.get(ref.substring(LOCAL.length())), value, instance, place + "/$ref");
            if (problem != null) {
                return problem;
            }
        }
        List<Problem> all = problems(schema, "allOf", value, instance, place);
        for (Problem problem : all) {
            if (problem != null) {
                return problem;
            }
        }
        List<Problem> any = problems(schema, "anyOf", value, instance, place);
        if (!any.isEmpty() && !any.contains(null)) {
            return any.get(0);
        }
        List<Problem> one = problems(schema, "oneOf", value, instance, place);
        int first = one.indexOf(null);
        if (!one.isEmpty() && first < 0) {
            return one.get(0);
        }
        int second = first < 0 ? -1 : one.subList(first + 1, one.size()).indexOf(null);
        return second < 0
                ? null
                : new Problem(
                        instance,
                        place + "/oneOf",
                        "valid against schemas at indexes " + first + " and " + (first + 1 + second));
    }

    /** The first problem of each alternative; null for those that are valid. */
    private List<Problem> problems(Map<?, ?> schema, String keyword, Object value, String instance, String place) {
        List<Problem> problems = new ArrayList<>();
        if (schema.get(keyword) instanceof List<?> alternatives) {
            for (int i = 0; i < alternatives.size(); i++) {
                problems.add(find((Map<?, ?>) alternatives.get(i), value, instance, place + "/" + keyword + "/" + i));
            }
        }
        return problems;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An option of the component in its metadata. */
record Option(String name, JsonNode json) {

    static List<Option> all() throws IOException {
        try (InputStream metadata = Option.class.getResourceAsStream("/META-INF/io/crynux/camel/crynux.json")) {
            List<Option> options = new ArrayList<>();
            new ObjectMapper()
                    .readTree(metadata)
                    .path("componentProperties")
                    .properties()
                    .forEach(field -> options.add(new Option(field.getKey(), field.getValue())));
            return options;
        }
    }

    String kind() {
        return json.path("type").asText();
    }

    /** A bean of the application, which a property can only name. */
    boolean isBean() {
        return "object".equals(kind());
    }

    /** The type of the property, with its package. Choices are text, so that the component sees how they are written. */
    String type() {
        String type = json.path("javaType").asText();
        if ("duration".equals(kind())) {
            return "java.time.Duration";
        }
        if ("enum".equals(kind())) {
            return "java.lang.String";
        }
        return switch (type) {
            case "boolean" -> "java.lang.Boolean";
            case "int" -> "java.lang.Integer";
            case "long" -> "java.lang.Long";
            case "double" -> "java.lang.Double";
            default -> type;
        };
    }

    String rawType() {
        return type().replaceAll("<.*", "");
    }

    /** The type as it stands in a source that imports it. */
    String shortType() {
        return type().replaceAll("\\w+\\.", "");
    }

    String property() {
        return "camel.component.crynux." + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    String accessor() {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    boolean isDeprecated() {
        return json.path("deprecated").asBoolean();
    }

    JsonNode defaultValue() {
        return json.path("defaultValue");
    }

    List<String> values() {
        List<String> values = new ArrayList<>();
        json.path("enum").forEach(value -> values.add(value.asText()));
        return values;
    }

    String description() {
        String text = json.path("description").asText();
        String end = text.endsWith(".") ? "" : ".";
        return text
                + end
                + (isBean() ? " A bean: #bean:name." : "")
                + (json.path("secret").asBoolean() ? " A secret: set it from the environment or a vault." : "");
    }
}

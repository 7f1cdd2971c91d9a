// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Metadata for IDEs beside names, types and descriptions: defaults, and the values of choices. */
final class MetadataHints {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MetadataHints() {}

    static String of(List<Option> options) throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode properties = root.putArray("properties");
        ArrayNode hints = root.putArray("hints");
        for (Option option : options) {
            if (!option.defaultValue().isMissingNode()) {
                ObjectNode property = properties.addObject().put("name", option.property());
                property.put("type", option.type());
                property.set("defaultValue", option.defaultValue());
            }
            if (!option.values().isEmpty() && "java.lang.String".equals(option.type())) {
                ArrayNode values =
                        hints.addObject().put("name", option.property()).putArray("values");
                option.values().forEach(value -> values.addObject().put("value", value));
            }
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        printer.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        return JSON.writer(printer).writeValueAsString(root) + "\n";
    }
}

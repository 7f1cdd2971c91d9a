// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes JSON so that it stays JSON, in ways that readers do not expect. */
final class JsonMutation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;

    JsonMutation(Random random) {
        this.random = random;
    }

    /** The changed text; the same where it is no JSON. */
    String of(byte[] json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (IOException e) {
            return new String(json, java.nio.charset.StandardCharsets.ISO_8859_1);
        }
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            root = changed(root);
        }
        String text = write(root);
        return random.nextInt(12) == 0 ? withDuplicateKeys(text) : text;
    }

    private JsonNode changed(JsonNode root) {
        List<JsonNode> parents = new ArrayList<>();
        collect(root, parents);
        if (parents.isEmpty() || random.nextInt(15) == 0) {
            return reshaped(root);
        }
        JsonNode parent = parents.get(random.nextInt(parents.size()));
        if (parent instanceof ObjectNode object) {
            change(object);
        } else {
            change((ArrayNode) parent);
        }
        return root;
    }

    private static void collect(JsonNode node, List<JsonNode> parents) {
        if (node.isContainerNode() && !node.isEmpty()) {
            parents.add(node);
            node.forEach(child -> collect(child, parents));
        }
    }

    private JsonNode reshaped(JsonNode root) {
        return switch (random.nextInt(4)) {
            case 0 -> NODES.arrayNode().add(root);
            case 1 -> root.isArray() && !root.isEmpty() ? root.get(0) : NODES.arrayNode();
            case 2 -> NODES.objectNode().set("result", root);
            default -> junk(root);
        };
    }

    private void change(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        String other = names.get(random.nextInt(names.size()));
        switch (random.nextInt(7)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(other + "s", object.remove(name));
            case 2 -> {
                JsonNode value = object.get(name);
                object.set(name, object.get(other));
                object.set(other, value);
            }
            case 3 -> object.set(name, similar(object.get(name)));
            default -> object.set(name, junk(object.get(name)));
        }
    }

    private void change(ArrayNode array) {
        int index = random.nextInt(array.size());
        switch (random.nextInt(5)) {
            case 0 -> array.remove(index);
            case 1 -> array.insert(0, array.get(index));
            case 2 -> array.insert(0, array.remove(index));
            case 3 -> array.set(index, similar(array.get(index)));
            default -> array.set(index, junk(array.get(index)));
        }
    }

    /** What could be meant. */
    private JsonNode similar(JsonNode value) {
        if (value.isTextual() && value.textValue().length() > 2) {
            char[] text = value.textValue().toCharArray();
            text[2 + random.nextInt(text.length - 2)] = "0123456789abcdef".charAt(random.nextInt(16));
            return NODES.textNode(new String(text));
        }
        return value.isIntegralNumber() ? NODES.numberNode(value.longValue() + random.nextInt(5) - 2) : junk(value);
    }

    /** What cannot be meant. */
    private JsonNode junk(JsonNode value) {
        return switch (random.nextInt(16)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(-1);
            case 3 -> NODES.numberNode(Long.MAX_VALUE);
            case 4 -> NODES.numberNode(1e308);
            case 5 -> NODES.numberNode(new java.math.BigInteger("9".repeat(400)));
            case 6 -> NODES.textNode("");
            case 7 -> NODES.textNode("0x");
            case 8 -> NODES.textNode("0x" + "f".repeat(1 + random.nextInt(80)));
            case 9 -> NODES.textNode("0x-1");
            case 10 -> NODES.textNode("0xzz\u0000\uD800");
            case 11 -> NODES.textNode("a".repeat(300_000));
            case 12 -> NODES.arrayNode().add(value);
            case 13 -> NODES.objectNode().set("value", value);
            case 14 -> deep();
            default -> NODES.textNode(value.isTextual() ? value.textValue() + "00" : value.toString());
        };
    }

    private JsonNode deep() {
        JsonNode node = NODES.arrayNode();
        for (int i = 0; i < 900; i++) {
            node = random.nextBoolean()
                    ? NODES.arrayNode().add(node)
                    : NODES.objectNode().set("result", node);
        }
        return node;
    }

    private static String withDuplicateKeys(String text) {
        return text.replaceFirst("\\{", "{\"id\":0,\"result\":null,\"id\":\"x\",");
    }

    private static String write(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

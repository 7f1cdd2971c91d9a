// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.image.ImageFormat;
import io.crynux.client.internal.image.ImageSize;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The images in the messages of a text task. The Relay reads their sizes for its price calculation, and refuses the task if it
 * cannot. It looks for images at any depth, also in tool calls (24ffc26, service/task_pricing.go). Nodes are stricter with the
 * base64 text.
 */
final class MessageImages {
    /** White space around the text, which the Relay removes. */
    private static final Pattern EDGES = Pattern.compile("(?U)^\\s+|\\s+$");

    private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]");

    private final Findings findings;

    MessageImages(Findings findings) {
        this.findings = findings;
    }

    void check(JsonNode node, String pointer) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), pointer + "/" + i);
            }
        } else if (node.isObject() && "image".equals(node.path("type").textValue())) {
            block(node.path("base64"), pointer);
        } else if (node.isObject()) {
            node.properties().forEach(member -> {
                if (member.getValue().isContainerNode()) {
                    check(member.getValue(), pointer + "/" + Violations.escaped(member.getKey()));
                }
            });
        }
    }

    private void block(JsonNode base64, String pointer) {
        if (base64.isTextual()) {
            image(base64.textValue(), pointer + "/base64");
        } else {
            findings.refuse(pointer, "is of type image, so that the Relay requires the image as text in base64");
        }
    }

    private void image(String text, String pointer) {
        if (text.startsWith("data:")) {
            findings.refuse(pointer, "is a data URL; nodes accept the base64 text alone");
            return;
        }
        String base64 = LINE_ENDS.matcher(EDGES.matcher(text).replaceAll("")).replaceAll("");
        try {
            refuseUnlessImage(decoded(base64), pointer);
        } catch (IllegalArgumentException e) {
            findings.refuse(
                    pointer, "is not strict base64 (standard alphabet, padding, no line breaks): " + e.getMessage());
            return;
        }
        if (base64.length() != text.length()) {
            findings.add(pointer, "has white space, which nodes do not accept in base64");
        }
    }

    private static byte[] decoded(String base64) {
        // Java's decoder accepts missing padding, the Relay's and the node's do not.
        if (base64.length() % 4 != 0) {
            throw new IllegalArgumentException("padding is missing");
        }
        return Base64.getDecoder().decode(base64);
    }

    private void refuseUnlessImage(byte[] image, String pointer) {
        Optional<ImageFormat> format = ImageFormat.of(image);
        if (format.isEmpty()) {
            findings.refuse(pointer, "is not a PNG, JPEG, GIF or WebP image; the Relay refuses other formats");
        } else if (ImageSize.of(image).isEmpty()) {
            findings.refuse(
                    pointer,
                    "starts as a " + format.get()
                            + " image, but its width and height cannot be read, or are 0; the Relay" + " refuses it");
        }
    }
}

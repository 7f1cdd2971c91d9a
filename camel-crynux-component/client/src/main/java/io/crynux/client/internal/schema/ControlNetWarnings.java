// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.image.ImageFormat;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Warnings on the ControlNet part of an image task. */
final class ControlNetWarnings {
    private static final String IMAGE = "/controlnet/image_dataurl";

    /** Nodes remove this prefix and decode the rest as base64; without the prefix they decode the whole text. */
    private static final Pattern PREFIX = Pattern.compile("^data:image/[^;,]*;base64,");

    private final JsonNode controlnet;
    private final Findings findings;

    ControlNetWarnings(JsonNode controlnet, Findings findings) {
        this.controlnet = controlnet;
        this.findings = findings;
    }

    void find() {
        if (!controlnet.isObject()) {
            return;
        }
        findings.checkModelName(controlnet.path("model"), "/controlnet/model", true);
        SdWarnings.checkPercent(controlnet, "weight", "/controlnet", findings);
        JsonNode args = controlnet.path("preprocess").path("args");
        SdWarnings.checkPercent(args, "min_confidence", "/controlnet/preprocess/args", findings);
        image(controlnet.path("image_dataurl").asText());
    }

    private void image(String text) {
        if (text.isEmpty()) {
            findings.add(controlnet.has("image_dataurl") ? IMAGE : "/controlnet", "has no image, which nodes need");
            return;
        }
        Matcher prefix = PREFIX.matcher(text);
        String payload = prefix.find() ? text.substring(prefix.end()) : text;
        try {
            if (ImageFormat.of(Base64.getDecoder().decode(payload)).isEmpty()) {
                findings.add(IMAGE, "is not a PNG, JPEG, GIF or WebP image");
            }
        } catch (IllegalArgumentException e) {
            findings.add(
                    IMAGE, "is neither data:image/png;base64,... nor plain base64, which is all that nodes decode");
        }
    }
}

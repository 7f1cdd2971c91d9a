// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.image.ImageFormat;
import io.crynux.client.internal.image.ImageSize;
import io.crynux.client.internal.json.ParameterTree;
import java.util.Base64;

/** Images as parameters contain them. */
final class Images {

    private Images() {}

    /**
     * The image of a ControlNet.
     *
     * @throws IllegalArgumentException if it is not in one of the four formats
     */
    static String dataUrl(byte[] image) {
        ImageFormat format = ImageFormat.of(image)
                .orElseThrow(() -> new IllegalArgumentException("The image is not a PNG, JPEG, GIF or WebP"));
        return "data:" + format.mediaType() + ";base64," + base64(image);
    }

    /**
     * An image in a message, of which the Relay reads the size.
     *
     * @throws IllegalArgumentException if it is not in one of the four formats, or has no size
     */
    static ObjectNode block(byte[] image) {
        if (ImageSize.of(image).isEmpty()) {
            throw new IllegalArgumentException(
                    "The image is not a PNG, JPEG, GIF or WebP whose width and height can be read");
        }
        return ParameterTree.object().put("type", "image").put("base64", base64(image));
    }

    private static String base64(byte[] image) {
        return Base64.getEncoder().encodeToString(image);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.image;

import java.util.Arrays;
import java.util.Optional;

/** The image formats that the network's Relay decodes, recognised by their first bytes. */
public enum ImageFormat {
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg"),
    GIF("image/gif", "gif"),
    WEBP("image/webp", "webp");

    private final String mediaType;
    private final String extension;

    ImageFormat(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /** Such as {@code image/png}. */
    public String mediaType() {
        return mediaType;
    }

    /** The usual file name extension, without the dot. */
    public String extension() {
        return extension;
    }

    /** The format of an image; empty if it is another one. */
    public static Optional<ImageFormat> of(byte[] image) {
        return Arrays.stream(values()).filter(format -> format.matches(image)).findFirst();
    }

    private boolean matches(byte[] image) {
        return switch (this) {
            case PNG -> hasAt(image, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A);
            case JPEG -> hasAt(image, 0, 0xFF, 0xD8, 0xFF);
            case GIF -> hasAt(image, 0, 'G', 'I', 'F', '8');
            case WEBP -> hasAt(image, 0, 'R', 'I', 'F', 'F') && hasAt(image, 8, 'W', 'E', 'B', 'P');
        };
    }

    private static boolean hasAt(byte[] image, int offset, int... expected) {
        if (image.length < offset + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((image[offset + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}

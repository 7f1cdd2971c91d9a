// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments.image;

import java.nio.charset.StandardCharsets;

/** The formats that the Relay knows, by their first bytes. */
public enum ImageFormat {
    PNG("\u0089PNG\r\n\u001a\n") {
        @Override
        ImageSize read(ImageBytes bytes) throws ImageRefusedException {
            return new PngHeader(bytes).size();
        }
    },
    JPEG("\u00ff\u00d8") {
        @Override
        ImageSize read(ImageBytes bytes) throws ImageRefusedException {
            return new JpegHeader(bytes).size();
        }
    },
    GIF("GIF8?a") {
        @Override
        ImageSize read(ImageBytes bytes) throws ImageRefusedException {
            return GifHeader.size(bytes);
        }
    },
    WEBP("RIFF????WEBPVP8") {
        @Override
        ImageSize read(ImageBytes bytes) throws ImageRefusedException {
            return WebpHeader.size(bytes);
        }
    };

    /** First bytes, each a character; a question mark is any byte. */
    private final String magic;

    ImageFormat(String magic) {
        this.magic = magic;
    }

    /**
     * Width and height.
     *
     * @throws ImageRefusedException with the text of Go's error
     */
    public static ImageSize size(byte[] data) throws ImageRefusedException {
        String start = new String(data, 0, Math.min(data.length, 16), StandardCharsets.ISO_8859_1);
        for (ImageFormat format : values()) {
            if (format.begins(start)) {
                return format.read(new ImageBytes(data));
            }
        }
        throw new ImageRefusedException("image: unknown format");
    }

    private boolean begins(String start) {
        for (int i = 0; i < magic.length(); i++) {
            char c = magic.charAt(i);
            if (i >= start.length() || (c != '?' && c != start.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    abstract ImageSize read(ImageBytes bytes) throws ImageRefusedException;
}

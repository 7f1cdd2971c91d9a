// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments.image;

import io.crynux.devnet.golang.GoText;
import java.nio.charset.StandardCharsets;

/** Start of a GIF: the size of its screen. */
final class GifHeader {
    private static final int COLOUR_TABLE = 0x80;

    private GifHeader() {}

    static ImageSize size(ImageBytes bytes) throws ImageRefusedException {
        ImageBytes header;
        try {
            header = new ImageBytes(bytes.take(13));
        } catch (ImageRefusedException e) {
            throw new ImageRefusedException("gif: reading header: " + e.getMessage());
        }
        String version = new String(header.take(6), StandardCharsets.ISO_8859_1);
        if (!version.equals("GIF87a") && !version.equals("GIF89a")) {
            throw new ImageRefusedException("gif: can't recognize format \"" + GoText.escaped(version) + "\"");
        }
        var size = new ImageSize(header.takeLittleEndian(2), header.takeLittleEndian(2));
        int fields = header.takeByte();
        if ((fields & COLOUR_TABLE) != 0) {
            try {
                bytes.take(3L << (1 + (fields & 7)));
            } catch (ImageRefusedException e) {
                throw new ImageRefusedException("gif: reading color table: " + e.getMessage());
            }
        }
        return size;
    }
}

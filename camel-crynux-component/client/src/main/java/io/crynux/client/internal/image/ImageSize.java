// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Width and height of an image as its file header states them. The Relay reads them with the decoders of Go (image/png, jpeg, gif,
 * golang.org/x/image/webp), which this follows: what they can read can be read here too. Java's ImageIO has no WebP.
 *
 * @param width in pixels, above 0
 * @param height in pixels, above 0
 */
public record ImageSize(int width, int height) {
    private static final int PNG_SIGNATURE = 8;
    private static final int PNG_CHUNK_HEADER = 8;
    private static final int PNG_HEADER = 13;
    private static final int GIF_SCREEN = 13;
    private static final int WEBP_CHUNKS = 12;
    private static final int WEBP_CHUNK_HEADER = 8;
    private static final int WEBP_START_CODE = 0x2a019d;
    private static final int WEBP_LOSSLESS_SIGNATURE = 0x2f;
    private static final int FOURTEEN_BITS = 0x3fff;
    private static final int JPEG_FRAME = 6;

    /** The size of an image in one of the formats of {@link ImageFormat}; empty if it cannot be read or is 0. */
    public static Optional<ImageSize> of(byte[] image) {
        ByteBuffer bytes = ByteBuffer.wrap(image);
        return ImageFormat.of(image).flatMap(format -> switch (format) {
            case PNG -> png(bytes);
            case JPEG -> jpeg(bytes);
            case GIF -> gif(bytes.order(ByteOrder.LITTLE_ENDIAN));
            case WEBP -> webp(bytes.order(ByteOrder.LITTLE_ENDIAN));
        });
    }

    private static Optional<ImageSize> size(int width, int height) {
        return width > 0 && height > 0 ? Optional.of(new ImageSize(width, height)) : Optional.empty();
    }

    private static Optional<ImageSize> png(ByteBuffer bytes) {
        int header = PNG_SIGNATURE + PNG_CHUNK_HEADER;
        if (bytes.limit() < header + PNG_HEADER + Integer.BYTES
                || bytes.getInt(PNG_SIGNATURE) != PNG_HEADER
                || !text(bytes, PNG_SIGNATURE + Integer.BYTES).equals("IHDR")) {
            return Optional.empty();
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes.slice(header - Integer.BYTES, Integer.BYTES + PNG_HEADER));
        if ((int) checksum.getValue() != bytes.getInt(header + PNG_HEADER)) {
            return Optional.empty();
        }
        return size(bytes.getInt(header), bytes.getInt(header + Integer.BYTES));
    }

    private static Optional<ImageSize> gif(ByteBuffer bytes) {
        String version = bytes.limit() < GIF_SCREEN ? "" : text(bytes, 2);
        return version.equals("F87a") || version.equals("F89a")
                ? size(Short.toUnsignedInt(bytes.getShort(6)), Short.toUnsignedInt(bytes.getShort(8)))
                : Optional.empty();
    }

    /** Walks over the segments to the one that starts a frame. */
    private static Optional<ImageSize> jpeg(ByteBuffer bytes) {
        int at = 2;
        while (at + 2 + Short.BYTES <= bytes.limit()) {
            int marker = Byte.toUnsignedInt(bytes.get(at + 1));
            if (bytes.get(at) != (byte) 0xff || marker == 0xff) {
                // Garbage between segments, and fill bytes.
                at++;
                continue;
            }
            if (marker == 0 || (marker >= 0xd0 && marker <= 0xd7)) {
                at += 2;
                continue;
            }
            int length = Short.toUnsignedInt(bytes.getShort(at + 2));
            boolean frame = marker >= 0xc0 && marker <= 0xc2;
            boolean skipped = marker == 0xc4 || marker == 0xdb || marker == 0xdd || (marker >= 0xe0 && marker <= 0xef);
            if (frame) {
                return at + 2 + Short.BYTES + JPEG_FRAME <= bytes.limit()
                        ? size(Short.toUnsignedInt(bytes.getShort(at + 7)), Short.toUnsignedInt(bytes.getShort(at + 5)))
                        : Optional.empty();
            }
            if ((!skipped && marker != 0xfe) || length < Short.BYTES) {
                return Optional.empty();
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    private static Optional<ImageSize> webp(ByteBuffer bytes) {
        int data = WEBP_CHUNKS + WEBP_CHUNK_HEADER;
        if (bytes.limit() < data + 10) {
            return lossless(bytes, data);
        }
        return switch (text(bytes, WEBP_CHUNKS)) {
            case "VP8 " ->
                (bytes.getInt(data + 2) >>> 8) == WEBP_START_CODE && (bytes.get(data) & 1) == 0
                        ? size(bytes.getShort(data + 6) & FOURTEEN_BITS, bytes.getShort(data + 8) & FOURTEEN_BITS)
                        : Optional.empty();
            case "VP8L" -> lossless(bytes, data);
            case "VP8X" -> size((bytes.getInt(data + 3) >>> 8) + 1, (bytes.getInt(data + 6) >>> 8) + 1);
            default -> Optional.empty();
        };
    }

    /** Two numbers of 14 bits, each less by one than the size. */
    private static Optional<ImageSize> lossless(ByteBuffer bytes, int data) {
        if (bytes.limit() < data + 5
                || !text(bytes, WEBP_CHUNKS).equals("VP8L")
                || bytes.get(data) != WEBP_LOSSLESS_SIGNATURE) {
            return Optional.empty();
        }
        int bits = bytes.getInt(data + 1);
        return size((bits & FOURTEEN_BITS) + 1, (bits >>> 14 & FOURTEEN_BITS) + 1);
    }

    private static String text(ByteBuffer bytes, int at) {
        byte[] word = new byte[Integer.BYTES];
        bytes.get(at, word);
        return new String(word, StandardCharsets.ISO_8859_1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments.image;

/** Start of a WebP: its first chunk of pixels, or the size of an extended one. */
final class WebpHeader {
    private static final int RIFF_LENGTH = 4;
    private static final int CHUNK_HEADER_LENGTH = 8;
    private static final int EXTENDED_LENGTH = 10;
    private static final int FOURTEEN_BITS = 0x3fff;
    private static final long START_CODE = 0x9d012a;
    private static final int LOSSLESS_MAGIC = 0x2f;

    private WebpHeader() {}

    static ImageSize size(ImageBytes bytes) throws ImageRefusedException {
        bytes.take(RIFF_LENGTH);
        // The name WEBP counts too.
        long left = bytes.takeLittleEndian(4) - bytes.takeName().length();
        if (left < 0) {
            throw new ImageRefusedException("riff: short chunk data");
        }
        while (true) {
            if (left == 0) {
                throw new ImageRefusedException("webp: invalid format");
            }
            if (left < CHUNK_HEADER_LENGTH) {
                throw new ImageRefusedException("riff: short chunk header");
            }
            String name = bytes.takeName();
            long length = bytes.takeLittleEndian(4);
            left -= CHUNK_HEADER_LENGTH;
            if (length > left) {
                throw new ImageRefusedException("riff: list subchunk too long");
            }
            switch (name) {
                case "VP8 " -> {
                    return lossy(bytes);
                }
                case "VP8L" -> {
                    return lossless(bytes);
                }
                case "VP8X" -> {
                    return extended(bytes, length);
                }
                default -> {
                    long padded = Math.min(length + length % 2, left);
                    bytes.take(padded);
                    left -= padded;
                }
            }
        }
    }

    private static ImageSize lossy(ImageBytes bytes) throws ImageRefusedException {
        boolean keyFrame = (bytes.take(3)[0] & 1) == 0;
        if (!keyFrame) {
            return new ImageSize(0, 0);
        }
        if (bytes.takeBigEndian(3) != START_CODE) {
            throw new ImageRefusedException("vp8: invalid format");
        }
        return new ImageSize(bytes.takeLittleEndian(2) & FOURTEEN_BITS, bytes.takeLittleEndian(2) & FOURTEEN_BITS);
    }

    private static ImageSize lossless(ImageBytes bytes) throws ImageRefusedException {
        if (bytes.takeByte() != LOSSLESS_MAGIC) {
            throw new ImageRefusedException("vp8l: invalid header");
        }
        long bits = bytes.takeLittleEndian(4);
        if (bits >> 29 != 0) {
            throw new ImageRefusedException("vp8l: invalid version");
        }
        return new ImageSize((bits & FOURTEEN_BITS) + 1, ((bits >> 14) & FOURTEEN_BITS) + 1);
    }

    private static ImageSize extended(ImageBytes bytes, long length) throws ImageRefusedException {
        if (length != EXTENDED_LENGTH) {
            throw new ImageRefusedException("webp: invalid format");
        }
        bytes.take(4);
        return new ImageSize(bytes.takeLittleEndian(3) + 1, bytes.takeLittleEndian(3) + 1);
    }
}

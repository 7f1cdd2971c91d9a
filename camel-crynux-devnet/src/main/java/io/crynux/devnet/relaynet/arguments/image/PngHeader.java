// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments.image;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/** Start of a PNG: the chunk IHDR; where pixels are indices of a palette, all chunks up to transparency or data. */
final class PngHeader {
    private static final int MAGIC_LENGTH = 8;
    private static final int HEADER_LENGTH = 13;
    private static final int PALETTED = 3;
    private static final int MAX_COLOURS = 256;

    /** Bit depths by colour type. */
    private static final Map<Integer, Set<Integer>> DEPTHS = Map.of(
            0,
            Set.of(1, 2, 4, 8, 16),
            2,
            Set.of(8, 16),
            PALETTED,
            Set.of(1, 2, 4, 8),
            4,
            Set.of(8, 16),
            6,
            Set.of(8, 16));

    private final ImageBytes bytes;
    private ImageSize size;
    private boolean paletted;
    private int depth;
    private boolean hasPalette;
    private boolean done;

    PngHeader(ImageBytes bytes) {
        this.bytes = bytes;
    }

    ImageSize size() throws ImageRefusedException {
        bytes.take(MAGIC_LENGTH);
        while (!done) {
            chunk();
        }
        return size;
    }

    private void chunk() throws ImageRefusedException {
        long length = bytes.takeBigEndian(4);
        String name = bytes.takeName();
        switch (name) {
            case "IHDR" -> {
                inOrder(size == null);
                requireFormat(length == HEADER_LENGTH, "bad IHDR length");
                checked(name, length);
                done = !paletted;
            }
            case "PLTE" -> {
                inOrder(size != null && !hasPalette);
                long colours = length / 3;
                requireFormat(
                        length % 3 == 0 && colours > 0 && colours <= MAX_COLOURS && colours <= 1L << depth,
                        "bad PLTE length");
                checked(name, length);
                hasPalette = true;
            }
            case "tRNS" -> {
                inOrder(hasPalette);
                requireFormat(length <= MAX_COLOURS, "bad tRNS length");
                checked(name, length);
                done = true;
            }
            case "IDAT" -> {
                inOrder(hasPalette);
                done = true;
            }
            case "IEND" -> inOrder(false);
            default -> {
                requireFormat(length <= Integer.MAX_VALUE, "Bad chunk length: " + length);
                checked(name, length);
            }
        }
    }

    private void header(byte[] data) throws ImageRefusedException {
        var header = new ImageBytes(data);
        int width = (int) header.takeBigEndian(4);
        int height = (int) header.takeBigEndian(4);
        depth = header.takeByte();
        int colourType = header.takeByte();
        requireFeature(header.takeByte() == 0, "compression method");
        requireFeature(header.takeByte() == 0, "filter method");
        requireFormat(header.takeByte() <= 1, "invalid interlace method");
        requireFormat(width > 0 && height > 0, "non-positive dimension");
        // Eight bytes a pixel must fit into 63 bits.
        requireFeature((long) width * height <= Long.MAX_VALUE >> 3, "dimension overflow");
        requireFeature(
                DEPTHS.getOrDefault(colourType, Set.of()).contains(depth),
                "bit depth " + depth + ", color type " + colourType);
        paletted = colourType == PALETTED;
        size = new ImageSize(width, height);
    }

    /** Reads a chunk's data and checksum. */
    private void checked(String name, long length) throws ImageRefusedException {
        byte[] data = bytes.take(length);
        if (name.equals("IHDR")) {
            // Go looks at the header before it looks at the checksum.
            header(data);
        }
        var checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.ISO_8859_1));
        checksum.update(data);
        requireFormat(bytes.takeBigEndian(4) == checksum.getValue(), "invalid checksum");
    }

    private static void inOrder(boolean met) throws ImageRefusedException {
        requireFormat(met, "chunk out of order");
    }

    private static void requireFormat(boolean met, String problem) throws ImageRefusedException {
        if (!met) {
            throw new ImageRefusedException("png: invalid format: " + problem);
        }
    }

    private static void requireFeature(boolean met, String feature) throws ImageRefusedException {
        if (!met) {
            throw new ImageRefusedException("png: unsupported feature: " + feature);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Start of a JPEG: its segments up to the frame (with JFIF) or to the scan (without). Ratios of sampling are not looked at. */
final class JpegHeader {
    private static final int MAGIC_LENGTH = 2;
    private static final int LARGEST_TABLE = 3;
    private static final Set<Integer> FRAMES = Set.of(0xc0, 0xc1, 0xc2);
    private static final int SCAN = 0xda;
    private static final int END = 0xd9;

    /** Tables and intervals, application data other than the first, and comments. */
    private static final Set<Integer> SKIPPED = Set.of(
            0xc4, 0xdb, 0xdd, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef,
            0xfe);

    private static final int APPLICATION = 0xe0;
    private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);

    private final ImageBytes bytes;
    private ImageSize size;
    private boolean jfif;

    JpegHeader(ImageBytes bytes) {
        this.bytes = bytes;
    }

    ImageSize size() throws ImageRefusedException {
        bytes.take(MAGIC_LENGTH);
        boolean more = true;
        while (more) {
            more = segment(marker());
        }
        if (size == null) {
            throw invalid("missing SOF marker");
        }
        return size;
    }

    /** The next marker. Other bytes before it are skipped, as Go and libjpeg do it. */
    private int marker() throws ImageRefusedException {
        int marker = 0;
        while (marker == 0) {
            int first = bytes.takeByte();
            marker = bytes.takeByte();
            while (first != 0xff) {
                first = marker;
                marker = bytes.takeByte();
            }
            while (marker == 0xff) {
                marker = bytes.takeByte();
            }
        }
        return marker;
    }

    /** Reads a segment; false if nothing after it matters. */
    private boolean segment(int marker) throws ImageRefusedException {
        if (marker == END) {
            throw invalid("missing SOS marker");
        }
        if (0xd0 <= marker && marker <= 0xd7) {
            return true;
        }
        long length = bytes.takeBigEndian(2) - 2;
        if (length < 0) {
            throw invalid("short segment length");
        }
        if (FRAMES.contains(marker)) {
            frame(length);
            return !jfif;
        } else if (marker == APPLICATION) {
            byte[] data = bytes.take(length);
            jfif = jfif || (length >= JFIF.length && Arrays.equals(JFIF, Arrays.copyOf(data, JFIF.length)));
        } else if (SKIPPED.contains(marker)) {
            bytes.take(length);
        } else if (marker != SCAN) {
            throw marker < 0xc0 ? invalid("unknown marker") : unsupported("unknown marker");
        }
        return marker != SCAN;
    }

    private void frame(long length) throws ImageRefusedException {
        if (size != null) {
            throw invalid("multiple SOF markers");
        }
        long components = (length - 6) / 3;
        if (length != 6 + 3 * components || (components != 1 && components != 3 && components != 4)) {
            throw unsupported("number of components");
        }
        var data = new ImageBytes(bytes.take(length));
        if (data.takeByte() != 8) {
            throw unsupported("precision");
        }
        long height = data.takeBigEndian(2);
        long width = data.takeBigEndian(2);
        if (data.takeByte() != components) {
            throw invalid("SOF has wrong length");
        }
        var seen = new HashSet<Integer>();
        for (int i = 0; i < components; i++) {
            boolean first = seen.add(data.takeByte());
            int sampling = data.takeByte();
            int table = data.takeByte();
            if (!first) {
                throw invalid("repeated component identifier");
            }
            if (table > LARGEST_TABLE) {
                throw invalid("bad Tq value");
            }
            if (!isRatio(sampling >> 4) || !isRatio(sampling & 0x0f)) {
                throw invalid("luma/chroma subsampling ratio");
            }
        }
        size = new ImageSize(width, height);
    }

    private static boolean isRatio(int number) {
        return 1 <= number && number <= 4;
    }

    private static ImageRefusedException invalid(String problem) {
        return new ImageRefusedException("invalid JPEG format: " + problem);
    }

    private static ImageRefusedException unsupported(String feature) {
        return new ImageRefusedException("unsupported JPEG feature: " + feature);
    }
}

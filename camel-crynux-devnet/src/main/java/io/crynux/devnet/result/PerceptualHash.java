// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A perceptual hash of 64 bits: pictures that look alike differ in few bits. The picture is reduced to 32 x 32 grey
 * values, transformed by a discrete cosine transform, and each of the 8 x 8 lowest frequencies compared with their
 * median.
 */
public final class PerceptualHash {
    /** The length of a hash in bytes. */
    public static final int BYTES = 8;

    private static final int SIDE = 32;
    private static final int LOW = 8;
    private static final double[][] COSINES = cosines();

    private PerceptualHash() {}

    private static double[][] cosines() {
        double[][] table = new double[LOW][SIDE];
        for (int frequency = 0; frequency < LOW; frequency++) {
            for (int i = 0; i < SIDE; i++) {
                // StrictMath: two machines must agree on every bit.
                table[frequency][i] = StrictMath.cos((2 * i + 1) * frequency * StrictMath.PI / (2 * SIDE));
            }
        }
        return table;
    }

    /** The hash of a picture, most significant bit first. */
    public static byte[] of(BufferedImage image) {
        double[] low = lowFrequencies(greyMeans(image));
        double[] sorted = low.clone();
        Arrays.sort(sorted);
        double median = (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
        long bits = 0;
        for (double value : low) {
            bits = bits << 1 | (value > median ? 1 : 0);
        }
        return ByteBuffer.allocate(BYTES).putLong(bits).array();
    }

    /** The number of bits in which two hashes differ. */
    public static int distance(byte[] one, byte[] other) {
        return Long.bitCount(
                ByteBuffer.wrap(one).getLong() ^ ByteBuffer.wrap(other).getLong());
    }

    /** Means over the cells of a 32 x 32 grid; cells of a smaller picture repeat its pixels. */
    private static double[][] greyMeans(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        double[][] means = new double[SIDE][SIDE];
        for (int row = 0; row < SIDE; row++) {
            int top = row * height / SIDE;
            int bottom = Math.max(top + 1, (row + 1) * height / SIDE);
            for (int column = 0; column < SIDE; column++) {
                int left = column * width / SIDE;
                int right = Math.max(left + 1, (column + 1) * width / SIDE);
                long sum = 0;
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        sum += grey(pixels[y * width + x]);
                    }
                }
                means[row][column] = (double) sum / ((bottom - top) * (right - left));
            }
        }
        return means;
    }

    /** Luma by ITU-R BT.601, in thousandths. */
    private static int grey(int rgb) {
        return 299 * (rgb >> 16 & 0xff) + 587 * (rgb >> 8 & 0xff) + 114 * (rgb & 0xff);
    }

    private static double[] lowFrequencies(double[][] grey) {
        double[][] rows = new double[SIDE][LOW];
        for (int y = 0; y < SIDE; y++) {
            for (int u = 0; u < LOW; u++) {
                for (int x = 0; x < SIDE; x++) {
                    rows[y][u] += grey[y][x] * COSINES[u][x];
                }
            }
        }
        double[] low = new double[LOW * LOW];
        for (int v = 0; v < LOW; v++) {
            for (int u = 0; u < LOW; u++) {
                for (int y = 0; y < SIDE; y++) {
                    low[v * LOW + u] += rows[y][u] * COSINES[v][y];
                }
            }
        }
        return low;
    }
}

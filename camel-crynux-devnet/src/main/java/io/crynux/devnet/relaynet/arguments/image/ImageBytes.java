// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a picture from its beginning. */
final class ImageBytes {
    private final byte[] bytes;
    private int position;

    ImageBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Bytes from here on. */
    byte[] take(long count) throws ImageRefusedException {
        if (count > bytes.length - position) {
            position = bytes.length;
            throw new ImageRefusedException("unexpected EOF");
        }
        byte[] taken = Arrays.copyOfRange(bytes, position, position + (int) count);
        position += (int) count;
        return taken;
    }

    int takeByte() throws ImageRefusedException {
        return take(1)[0] & 0xff;
    }

    /** Four characters that name a part of a file. */
    String takeName() throws ImageRefusedException {
        return new String(take(4), StandardCharsets.ISO_8859_1);
    }

    /** An unsigned number, most significant byte first. */
    long takeBigEndian(int size) throws ImageRefusedException {
        long number = 0;
        for (byte b : take(size)) {
            number = (number << 8) | (b & 0xff);
        }
        return number;
    }

    /** An unsigned number, least significant byte first. */
    long takeLittleEndian(int size) throws ImageRefusedException {
        byte[] taken = take(size);
        long number = 0;
        for (int i = size - 1; i >= 0; i--) {
            number = (number << 8) | (taken[i] & 0xff);
        }
        return number;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.golang;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Base64 as Go's {@code base64.StdEncoding} decodes it: line ends are skipped, padding is required, left-over bits are ignored. */
public final class GoBase64 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int QUANTUM = 4;
    private static final int BITS = 6;

    private final byte[] source;
    private final ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    private int next;

    private GoBase64(byte[] source) {
        this.source = source;
    }

    /** @throws GoSyntaxException {@code illegal base64 data at input byte N} */
    public static byte[] decode(String text) throws GoSyntaxException {
        var decoder = new GoBase64(text.getBytes(StandardCharsets.UTF_8));
        while (decoder.quantum()) {
            // Until the last one.
        }
        return decoder.decoded.toByteArray();
    }

    /** Decodes four characters; false at the end. */
    private boolean quantum() throws GoSyntaxException {
        int bits = 0;
        for (int i = 0; i < QUANTUM; i++) {
            skipLineEnds();
            if (next == source.length) {
                if (i == 0) {
                    return false;
                }
                throw illegal(next - i);
            }
            int c = source[next++];
            if (c == '=') {
                padding(i);
                write(bits << (BITS * (QUANTUM - i)), i - 1);
                return false;
            }
            int value = c < 0 ? -1 : ALPHABET.indexOf(c);
            if (value < 0) {
                throw illegal(next - 1);
            }
            bits = (bits << BITS) | value;
        }
        write(bits, QUANTUM - 1);
        return true;
    }

    private void padding(int position) throws GoSyntaxException {
        if (position < 2) {
            throw illegal(next - 1);
        }
        if (position == 2) {
            skipLineEnds();
            if (next == source.length) {
                throw illegal(next);
            }
            if (source[next] != '=') {
                throw illegal(next - 1);
            }
            next++;
        }
        skipLineEnds();
        if (next < source.length) {
            throw illegal(next);
        }
    }

    private void write(int bits, int bytes) {
        for (int i = 0; i < bytes; i++) {
            decoded.write(bits >> (16 - 8 * i));
        }
    }

    private void skipLineEnds() {
        while (next < source.length && (source[next] == '\n' || source[next] == '\r')) {
            next++;
        }
    }

    private static GoSyntaxException illegal(int at) {
        return new GoSyntaxException("illegal base64 data at input byte " + at);
    }
}

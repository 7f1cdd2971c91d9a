// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * How far a journal was written, noted beside it once the line survives: what a journal that was deleted, cut off at a line or
 * put back from an old copy cannot tell by itself. It is forced seldom, so that after a power failure it may be behind; it is
 * never ahead.
 *
 * @param id of the journal
 * @param line number of the last line
 */
record PositionNote(String id, long line) {

    /** Always of the same length, so that it can be written over the one before. */
    String text() {
        String content = String.format("%s %019d", id, line);
        return content + " " + crc(content) + "\n";
    }

    /** The note of a text; null when it is none, as after a power failure while it was written first. */
    static PositionNote of(String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.strip().split(" ", -1);
        if (parts.length != 3 || !crc(parts[0] + " " + parts[1]).equals(parts[2])) {
            return null;
        }
        return new PositionNote(parts[0], Long.parseLong(parts[1]));
    }

    private static String crc(String content) {
        CRC32C crc = new CRC32C();
        crc.update(content.getBytes(StandardCharsets.US_ASCII));
        return String.format("%08x", crc.getValue());
    }
}

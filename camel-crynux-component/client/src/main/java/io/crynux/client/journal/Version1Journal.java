// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A journal file of version 0.1.0-SNAPSHOT, from which one of today's format is made. Its lines have the CRC-32C of their JSON in
 * eight hex digits, a blank and the JSON, and nothing that chains them.
 */
final class Version1Journal {
    private static final int CRC_DIGITS = 8;

    private final String name;
    private final StoredBytes bytes;
    private final Map<String, JournalRecord> unsettled = new LinkedHashMap<>();
    /** Of tasks that are not settled. */
    private final Map<String, KeptResult> results = new HashMap<>();

    private final Set<String> settled = new HashSet<>();
    private final OlderEntries older = new OlderEntries();
    private long goodSize;

    Version1Journal(String name, StoredBytes bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** Whether the bytes begin as such a journal does. */
    boolean isOne() throws IOException {
        LineReader lines = new LineReader(bytes);
        return lines.next() && isIntact(lines.buffer(), lines.offset(), lines.length());
    }

    /** Its header, as one of today's. */
    JournalHeader header(JournalScope scope) throws IOException {
        LineReader lines = new LineReader(bytes);
        lines.next();
        int json = lines.offset() + CRC_DIGITS + 1;
        return JournalReader.header(name, lines.buffer(), json, lines.length() - CRC_DIGITS - 2, scope);
    }

    /**
     * Writes everything up to the first damage anew.
     *
     * @return the damage, as a sentence without its end, or null when there is none
     * @throws JournalException when a line cannot be read although it is what was written
     */
    String copy(NextFile to) throws IOException {
        LineReader lines = new LineReader(bytes);
        String problem = null;
        boolean first = true;
        while (problem == null && lines.next()) {
            boolean whole = lines.endsWithLineFeed();
            if (whole && isIntact(lines.buffer(), lines.offset(), lines.length())) {
                if (!first) {
                    copy(lines, to);
                }
                first = false;
                goodSize = lines.position() + lines.length();
            } else if (whole || lineFeedWasChanged(lines)) {
                problem = "what is at byte " + lines.position() + " does not match its checksum";
            }
        }
        for (JournalRecord record : unsettled.values()) {
            add(record, to);
        }
        to.add(JournalFrame.compacted(Map.of()).json());
        return problem;
    }

    private static boolean lineFeedWasChanged(LineReader lines) {
        byte[] whole = new byte[lines.length()];
        System.arraycopy(lines.buffer(), lines.offset(), whole, 0, whole.length);
        whole[whole.length - 1] = '\n';
        return isIntact(whole, 0, whole.length);
    }

    private void copy(LineReader lines, NextFile to) throws IOException {
        JournalFrame frame;
        try {
            frame = JournalFrame.value(
                    older.frame(JournalFrame.JSON.readTree(
                            lines.buffer(), lines.offset() + CRC_DIGITS + 1, lines.length() - CRC_DIGITS - 2)),
                    JournalFrame.class);
        } catch (IOException | RuntimeException e) {
            throw new JournalException(
                    "The task journal " + name + " cannot be read at byte " + lines.position()
                            + ". Nothing of it was changed; use the version that wrote it, or another directory",
                    e);
        }
        for (JournalEntry entry : frame.records()) {
            if (settled.contains(entry.key())) {
                continue;
            }
            JournalRecord record = entry.after(unsettled.remove(entry.key()));
            if (record.isSettled()) {
                settled.add(entry.key());
                add(withoutBytes(record), to);
            } else {
                unsettled.put(entry.key(), record);
            }
        }
        for (KeptResult result : frame.results()) {
            if (unsettled.containsKey(result.key())) {
                results.put(result.key(), result);
            } else if (settled.contains(result.key())) {
                to.add(JournalFrame.of(result).json());
            }
        }
    }

    private static JournalRecord withoutBytes(JournalRecord record) {
        ProtocolData data = OlderEntries.withoutBytes(record.data());
        return record instanceof TaskRecord task ? task.with(data) : ((LaneRecord) record).with(data);
    }

    /** A record is followed by the result of its task. */
    private void add(JournalRecord record, NextFile to) throws IOException {
        to.add(JournalFrame.of(record, null).json());
        KeptResult result = results.remove(record.key());
        if (result != null) {
            to.add(JournalFrame.of(result).json());
        }
    }

    /** How much of it is right, in bytes. */
    long goodSize() {
        return goodSize;
    }

    private static boolean isIntact(byte[] bytes, int offset, int length) {
        if (length < CRC_DIGITS + 2 || bytes[offset + CRC_DIGITS] != ' ' || bytes[offset + length - 1] != '\n') {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset + CRC_DIGITS + 1, length - CRC_DIGITS - 2);
        return String.format("%08x", crc.getValue())
                .equals(new String(bytes, offset, CRC_DIGITS, StandardCharsets.US_ASCII));
    }
}

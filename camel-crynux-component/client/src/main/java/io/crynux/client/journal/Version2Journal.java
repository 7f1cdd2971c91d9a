// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * A journal file of format 2, from which one of today's format is made. Its lines are chained as today's; its entries have the
 * chain's part of a record in members of their own.
 */
final class Version2Journal {
    private final String name;
    private final StoredBytes bytes;
    private final JournalScope scope;
    private final PositionNote note;
    private String problem;
    private long goodSize;

    Version2Journal(String name, StoredBytes bytes, JournalScope scope, PositionNote note) {
        this.name = name;
        this.bytes = bytes;
        this.scope = scope;
        this.note = note;
    }

    /** Whether the bytes begin as such a journal does. */
    boolean isOne() throws IOException {
        LineReader lines = new LineReader(bytes);
        if (!lines.next()) {
            return false;
        }
        byte[] buffer = lines.buffer();
        long number = LineChain.number(buffer, lines.offset(), lines.length());
        if (number < 0 || LineChain.from(number).follow(buffer, lines.offset(), lines.length()) != null) {
            return false;
        }
        int json = LineChain.jsonStart(buffer, lines.offset());
        JsonNode header =
                JournalFrame.JSON.readTree(buffer, lines.offset() + json, lines.length() - json - LineChain.TRAILER);
        return JournalHeader.version(header) == JournalHeader.VERSION_2;
    }

    /**
     * Reads everything up to the first damage.
     *
     * @return the reader, which knows header and chain
     */
    private JournalReader read(JournalReader.Visitor visitor) throws IOException {
        JournalReader reader = new JournalReader(name, bytes, scope, note);
        problem = reader.read(visitor);
        goodSize = reader.goodSize();
        return reader;
    }

    /** Writes everything up to the first damage anew; see {@link #problem}. */
    NextFile copy(JournalStorage storage) throws IOException {
        JournalReader whole = read((position, line, offset, length) -> {});
        NextFile file = new NextFile(storage, whole.header(), whole.chain().next());
        OlderEntries older = new OlderEntries();
        try {
            read((position, line, offset, length) ->
                    file.add(JournalFrame.json(older.frame(JournalFrame.JSON.readTree(line, offset, length)))));
        } catch (Throwable e) {
            file.discard(e);
            throw e;
        }
        return file;
    }

    /** The damage that {@link #copy} has found, as a sentence without its end, or null when there is none. */
    String problem() {
        return problem;
    }

    /** How much of it is right, in bytes. */
    long goodSize() {
        return goodSize;
    }
}

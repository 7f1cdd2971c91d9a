// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the lines of a journal file and reports damage. A line is written only when the one before is durable, so an incomplete
 * last line was never confirmed. Everything else that differs from what was written is damage.
 */
final class JournalReader {
    /** Hears of each line but the first. */
    interface Visitor {
        /** The JSON of the line at that position. */
        void line(long position, byte[] bytes, int offset, int length) throws IOException;
    }

    private final String name;
    private final StoredBytes bytes;
    private final JournalScope scope;
    private final PositionNote note;

    private JournalHeader header;
    private boolean otherJournal;
    private LineChain chain;
    private long goodSize;

    /** @param note how far it was written, or null where that is not known */
    JournalReader(String name, StoredBytes bytes, JournalScope scope, PositionNote note) {
        this.name = name;
        this.bytes = bytes;
        this.scope = scope;
        this.note = note;
    }

    /**
     * Reads everything up to the first damage.
     *
     * @return the damage, as a sentence without its end, or null when there is none
     * @throws JournalException when it is not a journal of that network, or of another version
     */
    String read(Visitor visitor) throws IOException {
        LineReader lines = new LineReader(bytes);
        if (!lines.next()) {
            return "it is empty";
        }
        String problem = readHeader(lines);
        if (problem != null) {
            return "its first line " + problem;
        }
        pass(lines);
        while (lines.next()) {
            if (!lines.endsWithLineFeed()) {
                problem = brokenOff(lines);
                if (problem == null) {
                    break;
                }
            } else {
                problem = chain.follow(lines.buffer(), lines.offset(), lines.length());
            }
            if (problem != null) {
                return "what is at byte " + lines.position() + " " + problem;
            }
            int json = LineChain.jsonStart(lines.buffer(), lines.offset());
            visitor.line(
                    lines.position(), lines.buffer(), lines.offset() + json, lines.length() - json - LineChain.TRAILER);
            pass(lines);
        }
        return atEnd();
    }

    private void pass(LineReader lines) {
        goodSize = lines.position() + lines.length();
    }

    private String readHeader(LineReader lines) throws IOException {
        byte[] buffer = lines.buffer();
        int offset = lines.offset();
        int length = lines.length();
        long number = LineChain.number(buffer, offset, length);
        chain = LineChain.from(Math.max(0, number));
        String problem = chain.follow(buffer, offset, length);
        if (problem != null) {
            if (note == null && !new String(buffer, offset, length, StandardCharsets.UTF_8).contains("crynuxJournal")) {
                throw notAJournal();
            }
            return lines.endsWithLineFeed() ? problem : "is cut short";
        }
        int json = LineChain.jsonStart(buffer, offset);
        header = header(name, buffer, offset + json, length - json - LineChain.TRAILER, scope);
        otherJournal = note != null && !note.id().equals(header.id());
        return null;
    }

    /** @return what is wrong with a last line that has no line feed, or null when it was never written to its end */
    private String brokenOff(LineReader lines) {
        byte[] whole = new byte[lines.length()];
        System.arraycopy(lines.buffer(), lines.offset(), whole, 0, whole.length);
        whole[whole.length - 1] = '\n';
        if (chain.fork().follow(whole, 0, whole.length) == null) {
            return "is line " + chain.next() + ", whose line feed was changed";
        }
        return isNoted(chain.next())
                ? "is line " + chain.next() + ", which was written to its end and is cut short"
                : null;
    }

    private String atEnd() {
        if (otherJournal) {
            return "it is not the journal that was written here";
        }
        return isNoted(chain.next())
                ? "it ends with line " + (chain.next() - 1) + ", but line " + note.line()
                        + " was written: its end is missing, or it is an older copy"
                : null;
    }

    private boolean isNoted(long line) {
        return note != null && !otherJournal && note.line() >= line;
    }

    /**
     * The header in the JSON of a first line.
     *
     * @throws JournalException when it is of another network, or of another version
     */
    static JournalHeader header(String name, byte[] bytes, int offset, int length, JournalScope scope)
            throws IOException {
        JsonNode json = JournalFrame.JSON.readTree(bytes, offset, length);
        int version = JournalHeader.version(json);
        if (version < JournalHeader.VERSION_1 || version > JournalHeader.VERSION) {
            throw new JournalException(
                    "The task journal " + name + " has format " + version
                            + ", and this version knows " + JournalHeader.VERSION
                            + " and older only. Nothing of it was changed; use the version that wrote it, or another directory");
        }
        JournalHeader header = JournalHeader.of(json);
        if (!header.network().isSameAs(scope.network())) {
            throw new JournalException("The task journal " + name + " belongs to " + header.network()
                    + ", but the configured network is " + scope.network()
                    + ". Nothing of it was changed; correct rpcUrl or contractAddress, or use another directory");
        }
        return header.knowing(scope.network());
    }

    private JournalException notAJournal() {
        return new JournalException(
                "The file " + name + " is not a task journal. Nothing of it was changed; use another directory");
    }

    /** Null where the first line is damaged. */
    JournalHeader header() {
        return header;
    }

    /** The chain of the lines that were read. */
    LineChain chain() {
        return chain;
    }

    /** How much of it is right, in bytes. */
    long goodSize() {
        return goodSize;
    }
}

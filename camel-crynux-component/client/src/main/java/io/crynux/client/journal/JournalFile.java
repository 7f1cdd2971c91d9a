// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crynux.client.error.JournalException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of a journal file. Each has the CRC-32C of its JSON in eight hex digits, a space, the JSON and a line feed. The
 * first is a {@link JournalHeader}, every other one a {@link JournalFrame}.
 *
 * <p>A line is written only when the one before is forced. So a bad line that nothing good follows was never told to be
 * there, and is taken away; one that a good line follows is damage. Used by one thread at a time.
 */
final class JournalFile {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CRC_DIGITS = 8;

    private final JournalStorage storage;
    /** As configured until one is read. */
    private JournalHeader header;
    /** How far it is known to be right. */
    private long goodSize;
    /** Whether there may be something behind the good part that could not be taken away. */
    private boolean damaged;

    private JournalFile(JournalStorage storage, JournalHeader header) {
        this.storage = storage;
        this.header = header;
    }

    /**
     * Reads what is there, and makes it ready for more.
     *
     * @param frames is given each frame in order
     * @throws JournalException when it is not a journal of that network, or is damaged; it is left as it is
     */
    static JournalFile open(JournalStorage storage, JournalScope scope, Consumer<JournalFrame> frames)
            throws IOException {
        JournalFile file = new JournalFile(storage, JournalHeader.of(scope));
        file.read(frames);
        if (file.goodSize < storage.size()) {
            LOG.warn(
                    "The last {} bytes of the task journal {} were not written to their end, as happens in a crash. They"
                            + " were never counted on, and are taken away",
                    storage.size() - file.goodSize,
                    storage.name());
            storage.truncate(file.goodSize);
        }
        if (file.goodSize == 0) {
            file.append(line(file.header));
        }
        return file;
    }

    private void read(Consumer<JournalFrame> frames) throws IOException {
        long position = 0;
        long firstBad = -1;
        try (InputStream in = new BufferedInputStream(storage.read())) {
            for (byte[] line = nextLine(in); line.length > 0; line = nextLine(in)) {
                String json = json(line);
                if (json == null) {
                    firstBad = firstBad < 0 ? position : firstBad;
                } else if (firstBad >= 0) {
                    throw damaged(firstBad, "is not what was written there", null);
                } else {
                    if (position == 0) {
                        checkHeader(json);
                    } else {
                        frames.accept(frame(position, json));
                    }
                    goodSize = position + line.length;
                }
                position += line.length;
            }
        }
        // A header is forced before anything is told to be in the journal, so only an empty or torn one may be made
        // anew.
        if (goodSize == 0 && position > line(header).length) {
            throw notAJournal(null);
        }
    }

    /** The bytes up to and with the next line feed, or up to the end; none at the end. */
    private static byte[] nextLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }

    /** The JSON of a line, or null when it is not a whole line. */
    private static String json(byte[] line) {
        if (line.length < CRC_DIGITS + 2 || line[CRC_DIGITS] != ' ' || line[line.length - 1] != '\n') {
            return null;
        }
        String crc = new String(line, 0, CRC_DIGITS, StandardCharsets.US_ASCII);
        int length = line.length - CRC_DIGITS - 2;
        return crc.equals(crc(line, CRC_DIGITS + 1, length))
                ? new String(line, CRC_DIGITS + 1, length, StandardCharsets.UTF_8)
                : null;
    }

    private static String crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return String.format("%08x", crc.getValue());
    }

    private void checkHeader(String json) {
        JournalHeader found;
        try {
            found = JSON.readValue(json, JournalHeader.class);
        } catch (JsonProcessingException e) {
            throw notAJournal(e);
        }
        if (found.crynuxJournal() != JournalHeader.VERSION) {
            throw new JournalException("The task journal " + storage.name() + " has format "
                    + found.crynuxJournal() + ", and this version knows " + JournalHeader.VERSION
                    + " only. Nothing of it was changed; use the version that wrote it, or another directory");
        }
        if (!found.fits(header)) {
            throw new JournalException("The task journal " + storage.name() + " belongs to " + found.describe()
                    + ", but the configured network is " + header.describe()
                    + ". Nothing of it was changed; correct rpcUrl or contractAddress, or use another directory");
        }
        if (found.genesisHash() != null) {
            // It stays known when the file is written anew while a node is used that does not have block 0.
            header = found;
        }
    }

    private JournalException notAJournal(Exception cause) {
        return new JournalException(
                "The file " + storage.name()
                        + " is not a task journal. Nothing of it was changed; use another directory",
                cause);
    }

    private JournalFrame frame(long position, String json) {
        try {
            return JSON.readValue(json, JournalFrame.class);
        } catch (JsonProcessingException e) {
            throw damaged(position, "cannot be read", e);
        }
    }

    private JournalException damaged(long position, String how, Exception cause) {
        return new JournalException(
                "The task journal " + storage.name() + " is damaged: what is at byte " + position + " " + how
                        + ". Nothing of it was changed, and nothing is paid. Restore the file; or move it away, and look in"
                        + " it and on the chain for the tasks that were under way",
                cause);
    }

    /**
     * Appends a frame; when this returns, it survives.
     *
     * @throws IOException when it does not; it is as if it had not been tried
     */
    void append(JournalFrame frame) throws IOException {
        append(line(frame));
    }

    private void append(byte[] line) throws IOException {
        try {
            storage.append(line);
            storage.force();
            goodSize += line.length;
        } catch (Throwable e) {
            takeBack(e);
            throw e;
        }
    }

    private void takeBack(Throwable why) {
        // After a failed force, nobody knows what is on the disk: only a new file can be trusted.
        damaged = true;
        try {
            storage.truncate(goodSize);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    /** See {@link JournalStorage#check}. */
    void check() throws IOException {
        storage.check();
    }

    /** Whether it must be replaced before anything can be appended. */
    boolean isDamaged() {
        return damaged;
    }

    /** Puts a new file with these frames in place of everything. */
    void replace(List<JournalFrame> frames) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        lines.add(line(header));
        frames.forEach(frame -> lines.add(line(frame)));
        storage.replace(lines);
        goodSize = lines.stream().mapToLong(line -> line.length).sum();
        damaged = false;
    }

    /** In bytes. */
    long size() {
        return goodSize;
    }

    void close() throws IOException {
        storage.close();
    }

    static byte[] line(Object content) {
        byte[] json;
        try {
            json = JSON.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record cannot be written as JSON", e);
        }
        byte[] line = new byte[CRC_DIGITS + 1 + json.length + 1];
        System.arraycopy(crc(json, 0, json.length).getBytes(StandardCharsets.US_ASCII), 0, line, 0, CRC_DIGITS);
        line[CRC_DIGITS] = ' ';
        System.arraycopy(json, 0, line, CRC_DIGITS + 1, json.length);
        line[line.length - 1] = '\n';
        return line;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.IOException;
import java.nio.file.Path;

/** A file on a disk that somebody hears of before each step, who may have it fail. */
final class FaultyStorage implements JournalStorage {
    private final JournalStorage disk;
    private final Steps steps;

    /** Hears of each step that changes something. */
    @FunctionalInterface
    interface Steps {
        void before(String step) throws IOException;
    }

    FaultyStorage(Path file, Steps steps) {
        this.disk = new FileStorage(file);
        this.steps = steps;
    }

    /** Passes on to the disk's bytes. */
    private final class Bytes implements StoredBytes {
        private final StoredBytes bytes;
        private String what;

        Bytes(StoredBytes bytes, String what) {
            this.bytes = bytes;
            this.what = what;
        }

        @Override
        public long size() throws IOException {
            return bytes.size();
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            return bytes.read(position, into, offset, length);
        }

        @Override
        public void append(byte[] appended, int length) throws IOException {
            steps.before("append to the " + what);
            bytes.append(appended, length);
        }

        @Override
        public void force() throws IOException {
            steps.before("force the " + what);
            bytes.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            steps.before("truncate the " + what);
            bytes.truncate(size);
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }

    @Override
    public String name() {
        return disk.name();
    }

    @Override
    public StoredBytes open() throws IOException {
        StoredBytes opened = disk.open();
        return opened == null ? null : new Bytes(opened, "file");
    }

    @Override
    public StoredBytes create() throws IOException {
        steps.before("create the next file");
        return new Bytes(disk.create(), "next file");
    }

    @Override
    public void replace(StoredBytes created) throws IOException {
        steps.before("replace the file");
        Bytes next = (Bytes) created;
        disk.replace(next.bytes);
        next.what = "file";
    }

    @Override
    public void forceName() throws IOException {
        steps.before("force the name");
        disk.forceName();
    }

    @Override
    public void checkSame(StoredBytes opened, long size) throws IOException {
        disk.checkSame(((Bytes) opened).bytes, size);
    }

    @Override
    public void check() throws IOException {
        disk.check();
    }

    @Override
    public String readNote() throws IOException {
        return disk.readNote();
    }

    @Override
    public void writeNote(String note, boolean force) throws IOException {
        steps.before("write the note");
        disk.writeNote(note, force);
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}

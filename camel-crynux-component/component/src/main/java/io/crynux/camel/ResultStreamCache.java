// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.task.ResultFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * A result as a message body: in memory or in a temporary file, to be read as often as a route likes. Camel's own stream
 * cache of a file is empty once its exchange has ended, also for those who still hold it: an aggregation's group, or the
 * caller of a producer template. This one stays readable as long as somebody has it; only its file goes with the last
 * exchange.
 */
final class ResultStreamCache extends InputStream implements StreamCache {
    private final ResultFile file;
    private final ResultOwners owners;
    private InputStream stream;
    private long position;

    /** @param exchange the first to have the result */
    ResultStreamCache(ResultFile file, Exchange exchange) {
        this(file, new ResultOwners(file));
        owners.add(exchange);
    }

    private ResultStreamCache(ResultFile file, ResultOwners owners) {
        this.file = file;
        this.owners = owners;
    }

    ResultFile file() {
        return file;
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        owners.add(exchange);
        return new ResultStreamCache(file, owners);
    }

    /** Back to the first byte. */
    @Override
    public synchronized void reset() {
        close();
    }

    /** Everything from the position on, which stays where it is. */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream rest = file.open()) {
            rest.skipNBytes(position());
            rest.transferTo(out);
        }
    }

    @Override
    public boolean inMemory() {
        return file.path().isEmpty();
    }

    @Override
    public long length() {
        return file.size();
    }

    @Override
    public synchronized long position() {
        return position;
    }

    @Override
    public synchronized int read() throws IOException {
        int value = stream().read();
        position += value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) throws IOException {
        int count = stream().read(into, offset, length);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public synchronized long skip(long count) throws IOException {
        long skipped = stream().skip(count);
        position += skipped;
        return skipped;
    }

    @Override
    public synchronized int available() {
        return (int) Math.min(Integer.MAX_VALUE, file.size() - position);
    }

    /** Reading begins anew afterwards, as processors close what others still want to read. */
    @Override
    public synchronized void close() {
        // The stream holds nothing of its own to close: the file's handle is shared.
        stream = null;
        position = 0;
    }

    private InputStream stream() {
        if (stream == null) {
            stream = file.open();
        }
        return stream;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fault;

import io.undertow.server.ServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/** Passes a number of bytes of a body and closes the connection then. */
final class TruncatingConduit extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final ServerConnection connection;
    private long left;

    TruncatingConduit(StreamSinkConduit next, ServerConnection connection, long bytes) {
        super(next);
        this.connection = connection;
        this.left = bytes;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (left == 0) {
            throw cut();
        }
        int limit = source.limit();
        source.limit((int) Math.min(limit, source.position() + left));
        try {
            int written = next.write(source);
            left -= written;
            return written;
        } finally {
            source.limit(limit);
        }
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (sources[i].hasRemaining()) {
                return write(sources[i]);
            }
        }
        return 0;
    }

    @Override
    public int writeFinal(ByteBuffer source) throws IOException {
        return write(source);
    }

    @Override
    public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
        return write(sources, offset, length);
    }

    @Override
    public long transferFrom(FileChannel source, long position, long count) throws IOException {
        throw cut();
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer) throws IOException {
        throw cut();
    }

    @Override
    public void terminateWrites() throws IOException {
        throw cut();
    }

    private IOException cut() {
        IoUtils.safeClose(connection);
        return new IOException("truncated by a fault of the devnet");
    }
}

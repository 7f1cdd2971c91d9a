// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.StreamSourceFrameChannel;
import io.undertow.websockets.core.WebSockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;

/**
 * Reads one message of a WebSocket as its bytes come. Undertow has buffers that do the same, but its 2.3 loses count of the
 * bytes of a message that comes in pieces, so that its limit limits nothing.
 */
final class MessageReader implements ChannelListener<StreamSourceFrameChannel> {
    private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);

    private final int maxBytes;
    private final Consumer<byte[]> receiver;
    private ByteArrayOutputStream message = new ByteArrayOutputStream();

    /**
     * Reads on by {@link #handleEvent}.
     *
     * @param maxBytes of a message; a longer one ends the connection with code 1009
     * @param receiver gets the whole message
     */
    MessageReader(int maxBytes, Consumer<byte[]> receiver) {
        this.maxBytes = maxBytes;
        this.receiver = receiver;
    }

    @Override
    public void handleEvent(StreamSourceFrameChannel source) {
        try (PooledByteBuffer pooled =
                source.getWebSocketChannel().getBufferPool().allocate()) {
            int count = read(source, pooled.getBuffer());
            while (count > 0) {
                count = read(source, pooled.getBuffer());
            }
            if (count == 0) {
                source.getReadSetter().set(this);
                source.resumeReads();
            } else if (message != null) {
                receiver.accept(message.toByteArray());
            }
        } catch (IOException e) {
            LOG.debug("A WebSocket broke within a message: {}", e.getMessage());
            IoUtils.safeClose(source.getWebSocketChannel());
        }
    }

    private int read(StreamSourceFrameChannel source, ByteBuffer buffer) throws IOException {
        buffer.clear();
        int count = source.read(buffer);
        if (count > 0 && message != null) {
            if (message.size() + count > maxBytes) {
                // What else comes is read and forgotten: with bytes unread the client might not get the reason.
                message = null;
                WebSockets.sendClose(CloseMessage.MSG_TOO_BIG, "message too big", source.getWebSocketChannel(), null);
            } else {
                buffer.flip();
                byte[] bytes = new byte[count];
                buffer.get(bytes);
                message.write(bytes);
            }
        }
        return count;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.MultipartParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A multipart form: fields, and files, which are the parts with a file name. In memory.
 *
 * @param values of the fields by name, in order
 * @param files by name, in order
 */
record Multipart(Map<String, List<String>> values, Map<String, List<byte[]>> files) {
    /** Reads a body; the words of the refusals are Go's. */
    static Multipart parse(String contentType, byte[] body) throws RequestRefusedException {
        String boundary = Headers.extractQuotedValueFromHeader(contentType, "boundary");
        if (boundary == null) {
            throw RequestRefusedException.invalid("", "no multipart boundary param in Content-Type");
        }
        var collector = new Collector();
        try {
            MultipartParser.ParseState state = MultipartParser.beginParse(
                    new DefaultByteBufferPool(false, 16 * 1024, 8, 0),
                    collector,
                    boundary.getBytes(StandardCharsets.US_ASCII),
                    StandardCharsets.UTF_8.name());
            state.parse(ByteBuffer.wrap(body));
            if (!state.isComplete()) {
                throw RequestRefusedException.invalid("", "multipart: NextPart: EOF");
            }
        } catch (IOException e) {
            throw RequestRefusedException.invalid("", "multipart: NextPart: EOF");
        }
        return new Multipart(collector.values, collector.files);
    }

    private static final class Collector implements MultipartParser.PartHandler {
        private final Map<String, List<String>> values = new LinkedHashMap<>();
        private final Map<String, List<byte[]>> files = new LinkedHashMap<>();
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private String name;
        private boolean file;

        @Override
        public void beginPart(HeaderMap headers) {
            String disposition = String.valueOf(headers.getFirst(Headers.CONTENT_DISPOSITION));
            name = Headers.extractQuotedValueFromHeader(disposition, "name");
            file = Headers.extractQuotedValueFromHeader(disposition, "filename") != null;
            content.reset();
        }

        @Override
        public void data(ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            content.writeBytes(bytes);
        }

        @Override
        public void endPart() {
            if (name == null) {
                return;
            }
            if (file) {
                files.computeIfAbsent(name, any -> new ArrayList<>()).add(content.toByteArray());
            } else {
                values.computeIfAbsent(name, any -> new ArrayList<>()).add(content.toString(StandardCharsets.UTF_8));
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.task.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.web3j.utils.Numeric;

/** A form with a file (RFC 7578). The file is read while it is sent. */
final class Multipart {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LINE = "\r\n";

    /** Random, so that no field contains it. */
    private final String boundary;

    private final byte[] head;
    private final byte[] tail;
    private final Content file;

    Multipart(List<Map.Entry<String, String>> fields, String name, String fileName, String fileType, Content file) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        this.boundary = "crynux-" + Numeric.toHexStringNoPrefix(random);
        this.file = file;
        StringBuilder text = new StringBuilder();
        fields.forEach(field -> text.append("--" + boundary + LINE)
                .append("Content-Disposition: form-data; name=\"" + field.getKey() + "\"" + LINE + LINE)
                .append(field.getValue() + LINE));
        text.append("--" + boundary + LINE)
                .append("Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName + "\"" + LINE)
                .append("Content-Type: " + fileType + LINE + LINE);
        this.head = text.toString().getBytes(StandardCharsets.UTF_8);
        this.tail = (LINE + "--" + boundary + "--" + LINE).getBytes(StandardCharsets.UTF_8);
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    HttpRequest.BodyPublisher publisher() {
        return HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.concat(
                        HttpRequest.BodyPublishers.ofByteArray(head),
                        HttpRequest.BodyPublishers.ofInputStream(this::open),
                        HttpRequest.BodyPublishers.ofByteArray(tail)),
                head.length + file.size() + tail.length);
    }

    private InputStream open() {
        try {
            return file.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

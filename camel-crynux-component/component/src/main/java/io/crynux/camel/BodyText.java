// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.PromptText;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.internal.text.ForeignText;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;
import org.apache.camel.WrappedFile;

/**
 * The text that a body holds. Bytes are read in their charset and no other; what Camel would make text with {@code toString()}
 * alone, such as {@code Order@6c5a9a43}, is no text.
 */
final class BodyText {
    private static final String NOTHING_SIGNED = ". Nothing was signed; ";

    private final Exchange exchange;
    private final Object body;

    BodyText(Message message) {
        this.exchange = message.getExchange();
        this.body = message.getBody();
    }

    /** @throws InvalidTaskException when there is no text, or nothing in it that can be seen */
    String read() {
        String text;
        try {
            text = content(body);
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new InvalidTaskException(
                    "The file in the body does not exist: it was moved or deleted after the message was created ("
                            + reason(e)
                            + "). Nothing was signed; if a file consumer offers files again that it has just moved, set"
                            + " readLock=changed on it",
                    e);
        } catch (IOException | TypeConversionException e) {
            throw new InvalidTaskException(
                    "The body (" + type() + ") cannot be read: " + reason(e) + NOTHING_SIGNED
                            + "send the text itself, or a stream that was not read or closed before",
                    e);
        }
        if (text == null) {
            throw new InvalidTaskException("The body (" + type() + ") is neither text nor parameters" + NOTHING_SIGNED
                    + "send a prompt as text, or parameters as Map or JSON. If you mean its toString(), add"
                    + " convertBodyTo(String.class) before");
        }
        return checked(text);
    }

    /** Null where it is no text. */
    private String content(Object content) throws IOException {
        if (content instanceof WrappedFile<?> file) {
            return content(file.getBody() != null ? file.getBody() : file.getFile());
        }
        byte[] bytes = bytes(content);
        if (bytes != null) {
            return BodyCharset.of(exchange).decode(bytes);
        }
        if (content instanceof CharSequence || content == null) {
            return content == null ? null : content.toString();
        }
        if (content instanceof char[] characters) {
            return new String(characters);
        }
        if (content instanceof Reader reader) {
            return characters(reader);
        }
        return converted(content);
    }

    private byte[] bytes(Object content) throws IOException {
        if (content instanceof byte[] bytes) {
            return withinLimit(bytes);
        }
        if (content instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return withinLimit(bytes);
        }
        if (content instanceof ByteArrayOutputStream written) {
            return withinLimit(written.toByteArray());
        }
        if (content instanceof File file) {
            return bytes(file.toPath());
        }
        if (content instanceof Path path) {
            try (InputStream stream = Files.newInputStream(path)) {
                return withinLimit(stream.readNBytes(TaskJson.MAX_BYTES + 1));
            }
        }
        if (content instanceof InputStream stream) {
            return bytes(stream);
        }
        if (content instanceof StreamCache cache && !(content instanceof Reader)) {
            return bytes(cache);
        }
        return null;
    }

    private static byte[] bytes(InputStream stream) throws IOException {
        try {
            return withinLimit(stream.readNBytes(TaskJson.MAX_BYTES + 1));
        } finally {
            reset(stream);
        }
    }

    private static byte[] bytes(StreamCache cache) throws IOException {
        if (cache.length() > TaskJson.MAX_BYTES) {
            throw tooLong();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            cache.writeTo(bytes);
        } finally {
            cache.reset();
        }
        return withinLimit(bytes.toByteArray());
    }

    private static String characters(Reader reader) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] some = new char[8192];
        try {
            for (int count = reader.read(some); count >= 0; count = reader.read(some)) {
                text.append(some, 0, count);
                if (text.length() > TaskJson.MAX_BYTES) {
                    throw tooLong();
                }
            }
        } finally {
            reset(reader);
        }
        return text.toString();
    }

    /** A cached stream is read by others after us, as by error handlers. */
    private static void reset(Object stream) throws IOException {
        if (stream instanceof StreamCache cache) {
            cache.reset();
        } else if (stream instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    /**
     * By a converter of Camel that knows the type, as there is one for XML. One that waits for a future, or fetches what a URL
     * names, is not asked.
     */
    private String converted(Object content) {
        if (content instanceof Future || content instanceof URL) {
            return null;
        }
        String text = exchange.getContext().getTypeConverter().tryConvertTo(String.class, exchange, content);
        return text == null || text.equals(content.toString()) ? null : text;
    }

    private static String checked(String text) {
        String plain = BodyCharset.withoutMark(text);
        PromptText.flaw(plain).ifPresent(flaw -> {
            throw new InvalidTaskException("The body is not text: it has " + flaw + NOTHING_SIGNED
                    + "send text, and if bytes are converted to text before, name their charset");
        });
        if (PromptText.isBlank(plain)) {
            throw new InvalidTaskException("The body is empty: there is no visible text in it" + NOTHING_SIGNED
                    + "send a prompt or parameters");
        }
        return plain;
    }

    private static byte[] withinLimit(byte[] bytes) {
        if (bytes.length > TaskJson.MAX_BYTES) {
            throw tooLong();
        }
        return bytes;
    }

    private static InvalidTaskException tooLong() {
        return new InvalidTaskException("The body is longer than " + TaskJson.MAX_BYTES
                + " bytes, the maximum of the Relay" + NOTHING_SIGNED + "send less");
    }

    private String type() {
        return body == null ? "none" : ForeignText.shown(body.getClass().getTypeName());
    }

    private static String reason(Exception error) {
        Throwable cause =
                error instanceof TypeConversionException && error.getCause() != null ? error.getCause() : error;
        return ForeignText.shown(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }
}

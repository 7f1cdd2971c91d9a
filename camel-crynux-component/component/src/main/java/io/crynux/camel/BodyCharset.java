// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.text.ForeignText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.util.IOHelper;

/**
 * The charset of a body's bytes: what their byte order mark says, else what the exchange says (header or property CamelCharsetName,
 * which the option charset of a file consumer sets; the header Content-Type), else UTF-8. Bytes that are none of it are refused.
 */
final class BodyCharset {
    private static final String MARK = "\ufeff";
    /** The byte order mark of UTF-8, read in ISO-8859-1 or windows-1252. */
    private static final String MARK_IN_LATIN_1 = "\u00ef\u00bb\u00bf";

    /** Those that a byte order mark tells; UTF-32 first, since the mark of UTF-16LE begins like its little-endian form. */
    private static final List<Charset> MARKED = List.of(
            Charset.forName("UTF-32LE"),
            Charset.forName("UTF-32BE"),
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE);

    private final Charset said;

    private BodyCharset(Charset said) {
        this.said = said;
    }

    /** @throws InvalidTaskException when the exchange names a charset that this JVM does not have */
    static BodyCharset of(Exchange exchange) {
        String name = ExchangeHelper.getCharsetName(exchange, false);
        if (name != null) {
            return new BodyCharset(charset(Exchange.CHARSET_NAME, name));
        }
        String type = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        String lowerCase = type == null ? "" : type.toLowerCase(Locale.ROOT).replace(" ", "");
        return new BodyCharset(
                lowerCase.contains("charset=")
                        ? charset(Exchange.CONTENT_TYPE, IOHelper.getCharsetNameFromContentType(lowerCase))
                        : StandardCharsets.UTF_8);
    }

    /** What neither an exchange nor a byte order mark describes is UTF-8. */
    static BodyCharset utf8() {
        return new BodyCharset(StandardCharsets.UTF_8);
    }

    /**
     * The text, with its byte order mark where it has one.
     *
     * @throws InvalidTaskException when the bytes are no text of this charset
     */
    String decode(byte[] bytes) {
        Charset charset = MARKED.stream()
                .filter(marked -> isMarked(bytes, marked))
                .findFirst()
                .orElse(said);
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate((int) Math.ceil(in.remaining() * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new InvalidTaskException(String.format(
                    Locale.ROOT,
                    "The body is not text: it is not valid %s from byte %,d on (0x%02x). Nothing was signed; send text, and"
                            + " name its charset, if it is another one, in the header Content-Type or %s",
                    charset.name(),
                    in.position() + 1,
                    bytes[in.position()],
                    Exchange.CHARSET_NAME));
        }
        decoder.flush(out);
        return out.flip().toString();
    }

    /**
     * The text without a byte order mark in front.
     *
     * @throws InvalidTaskException when the mark shows that the text was read in a wrong charset
     */
    static String withoutMark(String text) {
        if (text.startsWith(MARK_IN_LATIN_1)) {
            throw new InvalidTaskException(
                    "The body begins with " + MARK_IN_LATIN_1
                            + ", the byte order mark of UTF-8: it was read in another charset. Nothing was signed; read it as UTF-8");
        }
        return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    }

    private static Charset charset(String where, String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new InvalidTaskException(
                    "The charset '" + ForeignText.shown(name, 40) + "' in " + where
                            + " is not known. Nothing was signed; correct it, or leave it out for UTF-8",
                    e);
        }
    }

    private static boolean isMarked(byte[] bytes, Charset charset) {
        byte[] mark = MARK.getBytes(charset);
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }
}

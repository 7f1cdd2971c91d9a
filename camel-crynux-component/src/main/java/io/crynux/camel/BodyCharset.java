// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.error.ForeignText;
import io.crynux.client.error.InvalidTaskException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
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
    private static final char MARK = '\ufeff';
    /** The byte order mark of UTF-8, read in ISO-8859-1 or windows-1252. */
    private static final String MARK_IN_LATIN_1 = "\u00ef\u00bb\u00bf";

    /** By first bytes; those of UTF-32 come first, since UTF-16 begins like its little-endian form. */
    private static final List<Mark> MARKS = List.of(
            new Mark("UTF-32LE", 0xff, 0xfe, 0, 0),
            new Mark("UTF-32BE", 0, 0, 0xfe, 0xff),
            new Mark("UTF-8", 0xef, 0xbb, 0xbf),
            new Mark("UTF-16LE", 0xff, 0xfe),
            new Mark("UTF-16BE", 0xfe, 0xff));

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

    /** @throws InvalidTaskException when the bytes are no text of this charset */
    String decode(byte[] bytes) {
        Mark mark = MARKS.stream().filter(m -> m.begins(bytes)).findFirst().orElse(null);
        Charset charset = mark == null ? said : Charset.forName(mark.charset);
        int start = mark == null ? 0 : mark.bytes.length;
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate((int) Math.ceil(in.remaining() * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new InvalidTaskException(String.format(
                    Locale.ROOT,
                    "The body is no text: it is not valid %s from byte %,d on (0x%02x). Nothing was signed; send text, and"
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
        return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    }

    private static Charset charset(String where, String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new InvalidTaskException(
                    "The charset '" + ForeignText.shown(name, 40) + "' that " + where
                            + " names is not known. Nothing was signed; correct it, or leave it out for UTF-8",
                    e);
        }
    }

    private record Mark(String charset, int... bytes) {

        boolean begins(byte[] text) {
            for (int i = 0; i < bytes.length; i++) {
                if (i >= text.length || (text[i] & 0xff) != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.ParameterDefaults;
import io.crynux.client.task.TaskKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body's text is what it holds, read in its charset; what holds none is refused. */
class BodyTextTest {
    private static DefaultCamelContext context;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    record Order(int id) {}

    static Stream<Object> noText() throws Exception {
        return Stream.of(
                new Object(),
                new Order(7),
                new int[] {1, 2},
                new double[0],
                Set.of("a lighthouse"),
                Set.of("a lighthouse").iterator(),
                IntStream.range(0, 3),
                Optional.of("a lighthouse"),
                CompletableFuture.completedFuture("a lighthouse"),
                new CompletableFuture<String>(),
                42,
                42L,
                1.5,
                new BigDecimal("30"),
                true,
                Instant.EPOCH,
                LocalDate.EPOCH,
                UUID.randomUUID(),
                Thread.State.NEW,
                String.class,
                new IllegalStateException("a lighthouse"),
                Map.entry("prompt", "a lighthouse"),
                URI.create("http://127.0.0.1:1/"),
                URI.create("http://127.0.0.1:1/").toURL(),
                (Runnable) () -> {});
    }

    @ParameterizedTest
    @MethodSource("noText")
    void whatHoldsNoTextIsRefusedByItsTypeAndWithTheRemedy(Object body) {
        assertThatThrownBy(() -> prompt(body))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining(body.getClass().getTypeName())
                .hasMessageContaining("is neither text nor parameters")
                .hasMessageContaining("Nothing was signed")
                .hasMessageContaining("convertBodyTo(String.class)");
    }

    @Test
    void textOfEveryTypeIsAPrompt() throws Exception {
        byte[] bytes = "ein Café".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        written.writeBytes(bytes);
        Path file = Files.write(folder.resolve("p.txt"), bytes);
        for (Object body : new Object[] {
            "ein Café",
            CharBuffer.wrap("ein Café"),
            "ein Café".toCharArray(),
            bytes,
            ByteBuffer.wrap(bytes),
            written,
            new ByteArrayInputStream(bytes),
            new InputStreamCache(bytes),
            new StringReader("ein Café"),
            file,
            file.toFile(),
            genericFile(file.toFile())
        }) {
            assertThat(prompt(body)).as(body.getClass().getName()).isEqualTo("ein Café");
        }
    }

    @Test
    void xmlIsText() throws Exception {
        Object xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream("<a>a lighthouse</a>".getBytes(StandardCharsets.UTF_8)));

        assertThat(prompt(xml)).contains("<a>a lighthouse</a>");
    }

    @Test
    void aCachedStreamCanBeReadByOthersAfterwards() throws Exception {
        InputStreamCache cache = new InputStreamCache("a lighthouse".getBytes(StandardCharsets.UTF_8));

        prompt(cache);
        assertThat(cache.readAllBytes()).asString().isEqualTo("a lighthouse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void aByteOrderMarkNamesTheCharset(String charset) {
        byte[] bytes = "\ufeffein Café".getBytes(Charset.forName(charset));

        assertThat(prompt(bytes)).isEqualTo("ein Café");
        assertThat(prompt(new ByteArrayInputStream(bytes))).isEqualTo("ein Café");
    }

    @Test
    void theExchangeNamesTheCharset() {
        byte[] bytes = "ein Café".getBytes(StandardCharsets.ISO_8859_1);

        Exchange byProperty = exchange(bytes);
        byProperty.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
        Exchange byHeader = exchange(bytes);
        byHeader.getMessage().setHeader(Exchange.CHARSET_NAME, "ISO-8859-1");
        Exchange byContentType = exchange(bytes);
        byContentType.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/plain; Charset=\"iso-8859-1\"; x=y");
        for (Exchange exchange : new Exchange[] {byProperty, byHeader, byContentType}) {
            assertThat(prompt(exchange)).isEqualTo("ein Café");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain; charset=klingon", "text/plain; charset=", "text/plain; charset=a b"})
    void aCharsetThatIsNoneIsRefused(String contentType) {
        Exchange exchange = exchange("ein Café".getBytes(StandardCharsets.UTF_8));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, contentType);

        assertThatThrownBy(() -> prompt(exchange))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("charset")
                .hasMessageContaining("Content-Type");
    }

    @Test
    void bytesThatAreNotOfTheCharsetAreRefused() {
        assertRefused("ein Café".getBytes(StandardCharsets.ISO_8859_1), "not valid UTF-8 from byte 8 on (0xe9)");
        assertRefused("ein Café, bitte".getBytes(StandardCharsets.ISO_8859_1), "not valid UTF-8 from byte 8 on (0xe9)");
        assertRefused(new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0, 0, (byte) 0xd8, 'b', 0}, "not valid UTF-16LE");
        assertRefused(new byte[] {'P', 'K', 3, 4, 20, 0, 8, 8}, "control character U+0003");
        assertRefused("%PDF-1.7\n%âãÏÓ".getBytes(StandardCharsets.ISO_8859_1), "not valid UTF-8");
        assertRefused("a lighthouse".getBytes(StandardCharsets.UTF_16LE), "control character U+0000, as character 2");
        Exchange ascii = exchange("ein Café".getBytes(StandardCharsets.UTF_8));
        ascii.setProperty(Exchange.CHARSET_NAME, "US-ASCII");
        assertThatThrownBy(() -> prompt(ascii)).hasMessageContaining("not valid US-ASCII");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n\t",
                "\u00a0",
                "\u200b\u200c\u200d\u2060",
                "\ufeff\ufeff",
                "\u00ad",
                "\u3000\u2003",
                "\ufe0f",
                "\u034f\u180b",
                "\u3164\u115f",
                "\u2800",
                "\u202e\u2066",
                "\udb40\udd00",
                "{\"prompt\":\"\u200b\"}"
            })
    void textOfWhichNothingCanBeSeenIsEmpty(String text) {
        assertRefused(text, "The body is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "日本", "🙂", "❤️", "?", "a\u200b", "\u0e33"})
    void textOfWhichSomethingCanBeSeenIsNot(String text) {
        assertThat(prompt(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a \ud83d lighthouse",
                "a \ude00 lighthouse",
                "\ude00\ud83d",
                "a lighthouse\ud800",
                "{\"prompt\":\"a \\ud83d lighthouse\"}",
                "{\"prompt\":\"x\",\"a\\ud800\":1}"
            })
    void halfASurrogatePairIsRefused(String text) {
        assertRefused(text, "half of a surrogate pair, U+D");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u0007", "a\ufffe", "\u00ef\u00bb\u00bfa lighthouse"})
    void textThatWasMadeOfOtherBytesIsRefused(String text) {
        assertThatThrownBy(() -> prompt(text)).isInstanceOf(InvalidTaskException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.example.Order@6c5a9a43",
                "Order@6c5a9a43",
                "[Ljava.lang.Object;@75d20ad0",
                "[I@13d4992d",
                "java.util.stream.ReferencePipeline$Head@75d2da2d",
                "io.App$$Lambda/0x00007f@1b2c6ec2",
                "[object Object]"
            })
    void theNameOfAnObjectInPlaceOfItsContentIsRefused(String text) {
        assertRefused(text, "is the toString() of an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@facade", "me@example.org", "a sign: Order@6c5a9a43"})
    void anAddressIsNoSuchName(String text) {
        assertThat(prompt(text)).isEqualTo(text);
    }

    @Test
    void aStreamThatFailsIsRefused() {
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(new byte[9])) {
            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                throw new IOException("connection\u001b[31m reset");
            }
        };

        assertThatThrownBy(() -> prompt(broken))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("cannot be read: connection [31m reset. Nothing was signed");
    }

    @Test
    void aStreamThatWasReadBeforeIsEmpty() throws Exception {
        InputStream stream = new ByteArrayInputStream("a lighthouse".getBytes(StandardCharsets.UTF_8));
        stream.readAllBytes();

        assertRefused(stream, "The body is empty");
    }

    @Test
    void aFileThatIsGoneIsToldAsThat() {
        File gone = folder.resolve("gone.txt").toFile();
        for (Object body : new Object[] {gone, gone.toPath(), genericFile(gone)}) {
            assertRefused(body, "The file in the body does not exist", "readLock=changed", "gone.txt");
        }
    }

    @Test
    void moreThanTheRelayTakesIsNotRead() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }
        };

        assertRefused(endless, "longer than 33554432 bytes");
    }

    private static GenericFile<File> genericFile(File file) {
        GenericFile<File> generic = new GenericFile<>();
        generic.setFile(file);
        generic.setFileName(file.getName());
        return generic;
    }

    private static void assertRefused(Object body, String... words) {
        assertThatThrownBy(() -> prompt(body))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContainingAll(words);
    }

    private static String prompt(Object body) {
        return prompt(exchange(body));
    }

    private static String prompt(Exchange exchange) {
        JsonNode parameters = TaskJson.read(new BodyReader(TaskKind.SD, BodyFormat.auto, ParameterDefaults.builtIn())
                .read(exchange.getMessage())
                .json());
        return parameters.path("prompt").textValue();
    }

    private static Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return exchange;
    }
}

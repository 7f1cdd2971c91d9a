// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.error.InvalidTaskException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers are read as they are documented, whatever their type; what they cannot be is refused by their name, unsigned. */
class TaskHeadersTest extends CrynuxTestSupport {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:prepare").to("crynux:sd?waitFor=" + waitFor());
                from("direct:run").to("crynux:sd?imageWidth=64&imageHeight=64");
                if (devnet != null) {
                    from("direct:status").to("crynux:task?operation=status");
                }
            }
        };
    }

    /** Override for a network that prepares nothing. */
    String waitFor() {
        return "prepared";
    }

    @Test
    void theTimeoutOfTheCasesIsRead() throws Exception {
        try (InputStream file = getClass().getResourceAsStream("/cases/12-headers-and-options.json")) {
            List<String> seen = new ArrayList<>();
            for (JsonNode one : new ObjectMapper().readTree(file).path("cases")) {
                switch (one.path("id").textValue()) {
                    case "timeout-int" -> assertThat(timeout(5000)).isEqualTo(Duration.ofSeconds(5));
                    case "timeout-text" -> {
                        assertRefused(CrynuxConstants.TASK_TIMEOUT, "abc");
                        assertRefused(CrynuxConstants.TASK_TIMEOUT, "");
                    }
                    case "timeout-negative" -> {
                        assertRefused(CrynuxConstants.TASK_TIMEOUT, "0");
                        assertRefused(CrynuxConstants.TASK_TIMEOUT, "-1");
                    }
                    case "static-options" -> {
                        // OptionRangesTest
                    }
                    default -> throw new AssertionError(one);
                }
                seen.add(one.path("id").textValue());
            }
            assertThat(seen).hasSize(4);
        }
    }

    static Stream<Arguments> timeouts() {
        return Stream.of(
                Arguments.of(5000, 5_000),
                Arguments.of(5000L, 5_000),
                Arguments.of((short) 5000, 5_000),
                Arguments.of(5000.0, 5_000),
                Arguments.of(new BigDecimal("5000"), 5_000),
                Arguments.of(BigInteger.valueOf(5000), 5_000),
                Arguments.of("5000", 5_000),
                Arguments.of(" 5000 ", 5_000),
                Arguments.of(CharBuffer.wrap("5s"), 5_000),
                Arguments.of("5s".getBytes(StandardCharsets.UTF_8), 5_000),
                Arguments.of("10m", 600_000),
                Arguments.of("1h30m", 5_400_000),
                Arguments.of("500ms", 500),
                Arguments.of("1d2h3m4s5ms", 93_784_005),
                Arguments.of("PT10M", 600_000),
                Arguments.of(Duration.ofMinutes(10), 600_000),
                Arguments.of("36500d", 3_153_600_000_000L));
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    void timeoutsOfEveryTypeAreRead(Object value, long milliseconds) {
        assertThat(timeout(value)).isEqualTo(Duration.ofMillis(milliseconds));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                        Stream.of(
                                        "abc",
                                        "",
                                        " ",
                                        "0",
                                        "-1",
                                        "-5s",
                                        "10x",
                                        "10mabc",
                                        "10 m",
                                        "m10",
                                        "1e3",
                                        "5,000",
                                        "1.5h",
                                        "10s5",
                                        "PT",
                                        "PT0S",
                                        "PT-1S",
                                        "\u0665",
                                        "99999999999999999999",
                                        "36501d",
                                        "999999999d",
                                        0,
                                        -1L,
                                        1.5,
                                        Double.NaN,
                                        Double.POSITIVE_INFINITY,
                                        true,
                                        Duration.ZERO,
                                        Duration.ofSeconds(-1),
                                        Duration.ofDays(36_501),
                                        List.of("10m"),
                                        new Object())
                                .map(value -> Arguments.of(CrynuxConstants.TASK_TIMEOUT, value)),
                        Stream.of(
                                        "",
                                        "much",
                                        "30 CNX",
                                        "1e3",
                                        "NaN",
                                        "0",
                                        "-1",
                                        "0x1e",
                                        "1,5",
                                        "1 000",
                                        "0.0000000000000000001",
                                        "1".repeat(41),
                                        "1e999999999",
                                        0,
                                        -1,
                                        0.0,
                                        Double.NaN,
                                        Double.POSITIVE_INFINITY,
                                        true,
                                        List.of("30"),
                                        new Object())
                                .map(value -> Arguments.of(CrynuxConstants.TASK_FEE, value)),
                        Stream.of(
                                        "",
                                        "8 GB",
                                        "0",
                                        "-1",
                                        "20.5",
                                        0,
                                        -8,
                                        20.5,
                                        Double.NaN,
                                        "99999999999999999999",
                                        true,
                                        List.of(8))
                                .map(value -> Arguments.of(CrynuxConstants.VRAM_LIMIT, value)),
                        Stream.of("", "one", "-1", -1, 1.5, Long.MIN_VALUE, false, new int[] {1})
                                .map(value -> Arguments.of(CrynuxConstants.CAP, value)),
                        Stream.of("", " \t", new byte[0], true, List.of("a"), Map.of("a", "b"), new Object())
                                .map(value -> Arguments.of(CrynuxConstants.IDEMPOTENCY_KEY, value)))
                .flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatAHeaderCannotBeIsRefusedByItsName(String header, Object value) throws Exception {
        assertRefused(header, value);
        assertThat(payments()).isZero();
    }

    @Test
    void amountsOfEveryTypeAreRead() {
        FeeRules fees = new FeeRules("30", null);
        for (Object fee : new Object[] {
            12,
            12L,
            12.0,
            12f,
            new BigDecimal("12"),
            new BigDecimal("1.2E+1"),
            BigInteger.valueOf(12),
            "12",
            " 12.0 ",
            CharBuffer.wrap("12"),
            "12".getBytes(StandardCharsets.UTF_8)
        }) {
            Object header = headers(CrynuxConstants.TASK_FEE, fee).fee();
            assertThat(fees.fee(header)).as(fee.getClass().getSimpleName()).isEqualByComparingTo("12");
        }
        assertThat(fees.fee(headers(CrynuxConstants.TASK_FEE, 0.1).fee())).isEqualByComparingTo("0.1");
    }

    @Test
    void wholeNumbersOfEveryTypeAreRead() {
        for (Object number :
                new Object[] {8, 8L, 8.0, new BigDecimal("8"), "8", " 8 ", "8".getBytes(StandardCharsets.UTF_8)}) {
            assertThat(headers(CrynuxConstants.VRAM_LIMIT, number).vramLimit()).isEqualTo(8);
            assertThat(headers(CrynuxConstants.CAP, number).cap()).isEqualTo(8);
        }
    }

    @Test
    void keysOfEveryTypeAreRead() {
        UUID id = UUID.randomUUID();
        assertThat(headers(CrynuxConstants.IDEMPOTENCY_KEY, id).idempotencyKey())
                .isEqualTo(id.toString());
        assertThat(headers(CrynuxConstants.IDEMPOTENCY_KEY, 17).idempotencyKey())
                .isEqualTo("17");
        assertThat(headers(CrynuxConstants.IDEMPOTENCY_KEY, "a b".getBytes(StandardCharsets.UTF_8))
                        .idempotencyKey())
                .isEqualTo("a b");
    }

    @Test
    void aHeaderThatIsNullIsNotThere() {
        Exchange out = send("direct:prepare", "a lighthouse", CrynuxConstants.TASK_TIMEOUT, null);

        assertThat(out.getException()).isNull();
    }

    @Test
    void aWholeTaskRunsWithNumbersInItsHeaders() {
        Exchange out = template.request("direct:run", exchange -> {
            exchange.getMessage().setBody("a lighthouse");
            exchange.getMessage().setHeader(CrynuxConstants.TASK_TIMEOUT, 60_000);
            exchange.getMessage().setHeader(CrynuxConstants.TASK_FEE, 12.5);
        });

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CrynuxConstants.FEE_PAID)).isEqualTo("12.5");
    }

    @Test
    @OnChainOnly("operations")
    void anOperationReadsTheSameTimeout() {
        assertThat(send("direct:status", null, CrynuxConstants.TASK_ID, "\u001b[31m-5\n")
                        .getException())
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("Header CamelCrynuxTaskId is '[31m-5', which is not the id of a task");
        assertThat(send("direct:status", null, CrynuxConstants.TASK_ID, "9".repeat(79))
                        .getException())
                .hasMessageContaining("whole numbers from 1");
    }

    private void assertRefused(String header, Object value) {
        assertThat(send("direct:prepare", "a lighthouse", header, value).getException())
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("Header " + header + " is ")
                .hasMessageContaining("Nothing was signed");
        assertThatThrownBy(() -> {
                    TaskHeaders headers = headers(header, value);
                    headers.timeout();
                    headers.cap();
                    headers.vramLimit();
                    headers.idempotencyKey();
                    new FeeRules("30", null).fee(headers.fee());
                })
                .isInstanceOf(InvalidTaskException.class);
    }

    private Duration timeout(Object value) {
        return headers(CrynuxConstants.TASK_TIMEOUT, value).timeout();
    }

    private TaskHeaders headers(String header, Object value) {
        DefaultMessage message =
                new DefaultMessage(context.getEndpoint("direct:run").createExchange());
        message.setHeader(header, value);
        return new TaskHeaders(message);
    }

    private Exchange send(String to, Object body, String header, Object value) {
        return template.request(to, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader(header, value);
        });
    }
}

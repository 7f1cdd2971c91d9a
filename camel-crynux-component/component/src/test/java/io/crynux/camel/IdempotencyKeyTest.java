// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.InvalidTaskException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key makes one request of what arrives several times. */
@Tag("chain")
class IdempotencyKeyTest extends CrynuxTestSupport {
    private static final String FAILING = "{\"prompt\":\"x\",\"base_model\":\"devnet/unavailable\"}";

    @TempDir
    Path folder;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:keyed").to("crynux:sd?imageWidth=64&imageHeight=64&idempotencyKey=${header.order}");
                // A file whose route fails is offered again at the next poll.
                from("file:" + folder + "?initialDelay=10&delay=50&moveFailed=.failed/${file:name}")
                        .onException(IllegalStateException.class)
                        .maximumRedeliveries(0)
                        .end()
                        .to("crynux:sd?imageWidth=64&imageHeight=64&idempotencyKey=${file:name}")
                        .to("mock:images");
                from("file:" + folder.resolve("stubborn") + "?initialDelay=10&delay=50&noop=true&idempotent=false")
                        .to("crynux:sd?imageWidth=64&imageHeight=64&idempotencyKey=${file:name}")
                        .to("mock:stubborn")
                        .throwException(new IllegalStateException("fails after the task"));
            }
        };
    }

    @Test
    void aRequestThatSucceededIsDownloadedAgain() throws Exception {
        Exchange first = request("direct:keyed", "a lighthouse", "17");
        Exchange again = request("direct:keyed", "a lighthouse", "17");

        assertThat(again.getMessage().getBody(byte[].class))
                .isEqualTo(first.getMessage().getBody(byte[].class))
                .isNotEmpty();
        assertThat(payments()).isEqualTo(1);
    }

    @Test
    void theHeaderOverridesTheOption() throws Exception {
        for (String order : new String[] {"1", "2"}) {
            Exchange out = template.request("direct:keyed", e -> {
                keyed(e, "a lighthouse", order);
                e.getMessage().setHeader(CrynuxConstants.IDEMPOTENCY_KEY, "the same");
            });
            assertThat(out.getException()).isNull();
            assertThat(out.getMessage().getHeader(CrynuxConstants.IDEMPOTENCY_KEY))
                    .isNull();
        }
        assertThat(payments()).isEqualTo(1);
    }

    @Test
    void aMessageWithoutAKeyIsRefused() throws Exception {
        Exchange out = template.request("direct:keyed", e -> e.getMessage().setBody("a lighthouse"));

        assertThat(out.getException())
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("has no value for this message");
        assertThat(payments()).isZero();
    }

    @Test
    void aFileThatIsPolledAgainIsPaidForOnce() throws Exception {
        getMockEndpoint("mock:stubborn").expectedMinimumMessageCount(3);
        Files.createDirectories(folder.resolve("stubborn"));
        Files.writeString(folder.resolve("stubborn/lighthouse.txt"), "a lighthouse");
        getMockEndpoint("mock:stubborn").assertIsSatisfied(30_000);

        assertThat(payments()).isEqualTo(1);
    }

    @Test
    void aFailedFileIsMovedAwayAndPaidForOnce() throws Exception {
        Files.writeString(folder.resolve("failing.json"), FAILING);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve(".failed/failing.json")));

        assertThat(payments()).isEqualTo(1);
    }

    private Exchange request(String uri, String body, String order) {
        return template.request(uri, e -> keyed(e, body, order));
    }

    private static void keyed(Exchange exchange, String body, String order) {
        exchange.getMessage().setBody(body);
        exchange.getMessage().getHeaders().putAll(Map.of("order", order));
    }
}

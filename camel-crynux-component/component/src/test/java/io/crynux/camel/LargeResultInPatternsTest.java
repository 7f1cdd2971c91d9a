// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.testing.TemporaryResults;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A result in a temporary file goes through Camel's patterns like one in memory, and leaves no file behind. */
class LargeResultInPatternsTest extends LargeResultTestSupport {
    private final CountDownLatch mainRouteIsDone = new CountDownLatch(1);
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:split")
                        .to("crynux:sd?numImages=4")
                        .split(body())
                        .process(e -> read(e))
                        .end();
                from("direct:splitInParallel")
                        .to("crynux:sd?numImages=4")
                        .split(body())
                        .parallelProcessing()
                        .process(e -> read(e))
                        .end();
                from("direct:wireTap").to("crynux:sd").wireTap("direct:later");
                from("direct:wireTapOfSeveral").to("crynux:sd?numImages=4").wireTap("direct:splitLater");
                from("direct:later").process(e -> waitForMainRoute()).process(e -> read(e));
                from("direct:splitLater")
                        .process(e -> waitForMainRoute())
                        .split(body())
                        .process(e -> read(e))
                        .end();
                from("direct:group")
                        .to("crynux:sd")
                        .aggregate(constant(true), new GroupedBodyAggregationStrategy())
                        .completionSize(3)
                        .process(e -> waitForMainRoute())
                        .split(body())
                        .process(e -> read(e))
                        .end();
                from("direct:multicast")
                        .to("crynux:sd")
                        .multicast()
                        .parallelProcessing()
                        .to("direct:read", "direct:read", "seda:read");
                from("direct:redelivery")
                        .errorHandler(
                                defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1))
                        .to("crynux:sd")
                        .process(e -> {
                            read(e);
                            if (sizes.size() == 1) {
                                throw new IOException("again");
                            }
                        });
                from("direct:onCompletion")
                        .onCompletion()
                        .process(e -> read(e))
                        .end()
                        .to("crynux:sd");
                from("direct:enrich").enrich("crynux:sd").process(e -> read(e));
                from("direct:mock").to("crynux:sd").to("mock:result");
                from("direct:sedaAndBack")
                        .to(ExchangePattern.InOut, "seda:back")
                        .process(e -> read(e));
                from(queue("seda:back")).to("crynux:sd");
                from("direct:sedaAway").to("crynux:sd").to(ExchangePattern.InOnly, "seda:away");
                from(queue("seda:away")).process(e -> waitForMainRoute()).process(e -> read(e));
                from("direct:nested").multicast().to("direct:nestedSplit").end().process(e -> sizes.add(SIZE));
                from("direct:nestedSplit")
                        .to("crynux:sd?numImages=4")
                        .split(body())
                        .to("direct:read")
                        .end();
                from("direct:read").process(e -> read(e));
                from("direct:image").to("crynux:sd");
                from(queue("seda:read")).process(e -> read(e));
            }
        };
    }

    /** Its route stops at once: each would wait for its next look otherwise, one after the other. */
    private static String queue(String uri) {
        return uri + "?pollTimeout=50";
    }

    private void waitForMainRoute() throws InterruptedException {
        assertThat(mainRouteIsDone.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void read(Exchange exchange) throws IOException {
        StreamCache body = exchange.getMessage().getBody(StreamCache.class);
        try (InputStream stream = exchange.getMessage().getBody(InputStream.class)) {
            assertThat(stream.readNBytes(4)).startsWith(0x89, 'P', 'N', 'G');
            sizes.add(4 + stream.readAllBytes().length);
        }
        assertThat(body.length()).isEqualTo(SIZE);
    }

    private void send(String endpoint) {
        assertThat(template.request(endpoint, e -> e.getMessage().setBody("a lighthouse"))
                        .getException())
                .isNull();
    }

    private void assertRead(int times) {
        await().atMost(Duration.ofSeconds(30)).until(() -> sizes.size() == times);
        assertThat(sizes).containsOnly(SIZE);
    }

    /** Nobody has called the garbage collector. */
    @AfterEach
    void theRoomIsBack() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(TemporaryResults.takingUpRoom()).isEmpty());
    }

    @Test
    void split() {
        send("direct:split");
        assertRead(4);
    }

    @Test
    void splitInParallel() {
        send("direct:splitInParallel");
        assertRead(4);
    }

    @Test
    void aWireTapThatReadsAfterTheExchangeIsDone() {
        send("direct:wireTap");
        mainRouteIsDone.countDown();
        assertRead(1);
    }

    @Test
    void aWireTapOfAListThatReadsAfterTheExchangeIsDone() {
        send("direct:wireTapOfSeveral");
        mainRouteIsDone.countDown();
        assertRead(4);
    }

    @Test
    void aGroupWhoseExchangesAreDone() {
        // The third completes the group in its own thread, when the first two are done.
        send("direct:group");
        send("direct:group");
        mainRouteIsDone.countDown();
        send("direct:group");
        assertRead(3);
    }

    @Test
    void multicastInParallelAndSeda() {
        send("direct:multicast");
        assertRead(3);
    }

    @Test
    void redelivery() {
        send("direct:redelivery");
        assertRead(2);
    }

    @Test
    void onCompletionAfterTheExchangeIsDone() {
        send("direct:onCompletion");
        assertRead(1);
    }

    @Test
    void enrich() {
        send("direct:enrich");
        assertRead(1);
    }

    @Test
    void aQueueThatAnswers() {
        send("direct:sedaAndBack");
        assertRead(1);
    }

    @Test
    void aQueueThatReadsAfterTheExchangeIsDone() {
        send("direct:sedaAway");
        mainRouteIsDone.countDown();
        assertRead(1);
    }

    @Test
    void aSplitWithinAMulticast() {
        send("direct:nested");
        assertRead(5);
    }

    @Test
    void aMockThatIsAskedAfterwards() {
        send("direct:mock");
        assertThat(context.getEndpoint("mock:result", MockEndpoint.class)
                        .getReceivedExchanges()
                        .get(0)
                        .getMessage()
                        .getBody(byte[].class))
                .hasSize(SIZE);
    }

    @Test
    void theCallerOfATemplateThatAsksForAType() {
        assertThat(template.requestBody("direct:image", "a lighthouse", byte[].class))
                .hasSize(SIZE);
    }

    @Test
    void theCallerOfATemplateThatReadsLater() throws IOException {
        try (InputStream body = (InputStream) template.requestBody("direct:image", "a lighthouse")) {
            assertThat(TemporaryResults.takingUpRoom()).isEmpty();
            assertThat(body.readAllBytes()).hasSize(SIZE);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Results pass through the patterns that routes are made of. */
@Tag("chain")
class RoutePatternsTest extends CrynuxTestSupport {
    private static final String SMALL = "?imageWidth=64&imageHeight=64";

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:wireTap")
                        .to("crynux:sd" + SMALL)
                        .wireTap("mock:tapped")
                        .to("mock:main");
                from("direct:split")
                        .to("crynux:sd" + SMALL + "&numImages=3")
                        .split(body())
                        .to("mock:parts");
                from("direct:group")
                        .to("crynux:sd" + SMALL)
                        .aggregate(constant(true), AggregationStrategies.groupedBody())
                        .completionSize(3)
                        .to("mock:grouped");
                from("direct:multicast")
                        .to("crynux:sd" + SMALL)
                        .multicast()
                        .parallelProcessing()
                        .to("mock:left", "mock:right");
                from("direct:prompts")
                        .split(body().tokenize("\n"))
                        .parallelProcessing()
                        .to("crynux:sd" + SMALL)
                        .to("mock:images");
                from("direct:dynamic").toD("crynux:sd?imageWidth=${header.width}&imageHeight=64", 2);
                from("direct:enrich").enrich("crynux:gpt", (original, answer) -> {
                    original.getMessage()
                            .setHeader("answer", answer.getMessage().getBody(String.class));
                    return original;
                });
            }
        };
    }

    @Test
    void aTappedResultIsReadableOnBothSides() throws Exception {
        MockEndpoint tapped = expect("mock:tapped", 1);
        MockEndpoint main = expect("mock:main", 1);
        template.sendBody("direct:wireTap", "a lighthouse");

        MockEndpoint.assertIsSatisfied(30, TimeUnit.SECONDS, tapped, main);
        assertThat(image(tapped.getExchanges().get(0))).isEqualTo(64);
        assertThat(image(main.getExchanges().get(0))).isEqualTo(64);
    }

    @Test
    void severalImagesSplitIntoOneMessageEach() throws Exception {
        MockEndpoint parts = expect("mock:parts", 3);
        template.sendBody("direct:split", "a lighthouse");

        parts.assertIsSatisfied(30_000);
        assertThat(parts.getExchanges())
                .allSatisfy(part -> assertThat(image(part)).isEqualTo(64));
    }

    @Test
    void groupedResultsStayReadable() throws Exception {
        MockEndpoint grouped = expect("mock:grouped", 1);
        IntStream.range(0, 3).forEach(i -> template.sendBody("direct:group", "lighthouse " + i));

        grouped.assertIsSatisfied(30_000);
        List<?> bodies = grouped.getExchanges().get(0).getMessage().getBody(List.class);
        assertThat(bodies).hasSize(3).allSatisfy(body -> assertThat(ImageIO.read(new ByteArrayInputStream(
                                context.getTypeConverter().mandatoryConvertTo(byte[].class, body)))
                        .getWidth())
                .isEqualTo(64));
    }

    @Test
    void parallelBranchesReadTheirOwnCopy() throws Exception {
        MockEndpoint left = expect("mock:left", 1);
        MockEndpoint right = expect("mock:right", 1);
        template.sendBody("direct:multicast", "a lighthouse");

        MockEndpoint.assertIsSatisfied(30, TimeUnit.SECONDS, left, right);
        assertThat(image(left.getExchanges().get(0))).isEqualTo(64);
        assertThat(image(right.getExchanges().get(0))).isEqualTo(64);
    }

    @Test
    void aSplitOfPromptsRunsATaskEach() throws Exception {
        MockEndpoint images = expect("mock:images", 6);
        template.sendBody("direct:prompts", "a\nb\nc\nd\ne\nf");

        images.assertIsSatisfied(30_000);
        assertThat(payments()).isEqualTo(6);
    }

    @Test
    void dynamicEndpointsBeyondTheCacheEndNoTask() {
        for (int width = 8; width <= 64; width += 8) {
            String header = Integer.toString(width);
            Exchange out = template.request("direct:dynamic", e -> {
                e.getMessage().setBody("a lighthouse");
                e.getMessage().setHeader("width", header);
            });
            assertThat(out.getException()).isNull();
            assertThat(image(out)).isEqualTo(width);
        }
    }

    @Test
    void anAnswerEnrichesItsQuestion() {
        Exchange out = template.request("direct:enrich", e -> e.getMessage().setBody("What is lichen?"));

        assertThat(out.getMessage().getBody()).isEqualTo("What is lichen?");
        assertThat(out.getMessage().getHeader("answer", String.class)).containsIgnoringCase("lichen");
    }

    private MockEndpoint expect(String uri, int messages) {
        MockEndpoint mock = getMockEndpoint(uri);
        mock.expectedMessageCount(messages);
        return mock;
    }

    private static int image(Exchange exchange) {
        try {
            return ImageIO.read(new ByteArrayInputStream(exchange.getMessage().getMandatoryBody(byte[].class)))
                    .getWidth();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

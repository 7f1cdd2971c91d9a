// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.InvalidTaskException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** A schema of one's own decides what may be run; headers reach neither network nor wallet. */
class OwnSchemaTest extends CrynuxTestSupport {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:sd")
                        .to(
                                "crynux:sd?imageWidth=64&imageHeight=64&parametersSchema=classpath:small-images.schema.json");
            }
        };
    }

    @Test
    void whatItRefusesIsNotRun() throws Exception {
        Exchange out = template.request("direct:sd", e -> e.getMessage()
                .setBody(Map.of("prompt", "x", "task_config", Map.of("image_width", 512))));

        assertThat(out.getException(InvalidTaskException.class).violations())
                .extracting(InvalidTaskException.Violation::pointer)
                .containsExactly("/task_config/image_width");
        assertThat(payments()).isZero();
    }

    @Test
    void headersOfStrangersReachNeitherNetworkNorWallet() {
        Exchange out = template.request("direct:sd", exchange -> {
            exchange.getMessage().setBody("a lighthouse");
            for (String option : new String[] {"RpcUrl", "RelayUrl", "ContractAddress", "PrivateKey", "MaxTaskFee"}) {
                exchange.getMessage().setHeader("CamelCrynux" + option, "http://127.0.0.1:9");
            }
        });

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CrynuxConstants.CREATOR)).isEqualTo(testNetwork.account());
    }
}

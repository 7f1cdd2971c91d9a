// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.devnet.CrynuxDevnetBuilder;
import io.crynux.devnet.relay.RelaySchemas;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** On a Relay of July 2024 options and prompts make tasks that it takes, and its schemas refuse the others before money. */
class RelayOfJuly2024Test extends CrynuxTestSupport {
    private static final String SCHEMAS = "parametersSchema=classpath:io/crynux/client/schema/";

    @Override
    CrynuxDevnetBuilder network() {
        return super.network().relaySchemas(RelaySchemas.JULY_2024);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:sd")
                        .to("crynux:sd?model=stabilityai/sdxl-turbo&imageWidth=64&imageHeight=64&" + SCHEMAS
                                + "sd-2024-07.schema.json");
                from("direct:variant").to("crynux:sd?" + SCHEMAS + "sd-2024-07.schema.json");
                from("direct:gpt").to("crynux:gpt?systemPrompt=Be brief.&" + SCHEMAS + "gpt-2024-07.schema.json");
            }
        };
    }

    private Exchange ask(String route, String body) {
        return template.request(
                "direct:" + route, exchange -> exchange.getMessage().setBody(body));
    }

    @Test
    void aPromptMakesAnImage() {
        Exchange out = ask("sd", "a lighthouse");

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(byte[].class)).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void aPromptMakesAText() {
        assertThat(ask("gpt", "What is lichen?").getException()).isNull();
    }

    @Test
    void aVariantIsRefusedBeforeMoney() throws Exception {
        assertThat(ask("variant", "a lighthouse").getException(InvalidTaskException.class))
                .hasMessageContaining("/base_model must be a string, but is an object");
        assertThat(nonce()).isZero();
    }

    @Test
    void noGuidanceByZeroIsRefusedBeforeMoney() throws Exception {
        assertThat(ask("sd", "{\"prompt\":\"p\",\"task_config\":{\"cfg\":0}}").getException(InvalidTaskException.class))
                .hasMessageContaining("/task_config/cfg must be at least 1, but is 0");
        assertThat(nonce()).isZero();
    }

    @Test
    void aToolsAnswerIsRefusedBeforeMoney() throws Exception {
        assertThat(ask("gpt", "[{\"role\":\"tool\",\"content\":\"7\"}]").getException(InvalidTaskException.class))
                .hasMessageContaining("/messages/1/role must be one of \"system\", \"user\", \"assistant\"");
        assertThat(nonce()).isZero();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.error.InvalidTaskException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What must not be run is refused with every reason, and nothing is signed. */
class InvalidTaskTest extends CrynuxTestSupport {

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setMaxTaskFee("50");
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sd").to("crynux:sd");
            }
        };
    }

    @AfterEach
    void nothingWasSigned() throws Exception {
        assertThat(payments()).isZero();
    }

    @Test
    void everyViolationIsListedWithItsPointer() {
        Exchange out = request(
                "{\"prompt\":\"x\",\"task_config\":{\"steps\":500,\"cfg\":\"high\",\"num_images\":0}}", Map.of());

        assertThat(out.getException(InvalidTaskException.class).violations())
                .extracting(InvalidTaskException.Violation::pointer)
                .containsExactlyInAnyOrder("/task_config/steps", "/task_config/cfg", "/task_config/num_images");
        assertThat(out.getException()).hasMessageContaining("/task_config/steps");
    }

    @Test
    void aFeeAboveTheGuardIsRefused() {
        Exchange out = request("a lighthouse", Map.of(CrynuxConstants.TASK_FEE, "51"));

        assertThat(out.getException())
                .isInstanceOf(BudgetExceededException.class)
                .hasMessageContaining(CrynuxConstants.TASK_FEE)
                .hasMessageContaining("maxTaskFee");
    }

    @Test
    void aFeeThatIsNoneIsRefused() {
        assertThat(request("a lighthouse", Map.of(CrynuxConstants.TASK_FEE, "much"))
                        .getException())
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("Header CamelCrynuxTaskFee is 'much'");
        assertThat(request("a lighthouse", Map.of(CrynuxConstants.TASK_FEE, "0"))
                        .getException())
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("above 0 CNX");
    }

    private Exchange request(Object body, Map<String, Object> headers) {
        return template.request("direct:sd", exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.devnet.CrynuxDevnetBuilder;
import io.crynux.devnet.contract.TaskContractVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fine-tuning runs on deployments whose createTask names a GPU, which is found out. */
@Tag("chain")
class FineTuningTaskTest extends CrynuxTestSupport {
    private static final Path PARAMETERS = Path.of("src/test/resources/examples-tasks/sd-ft-lora.json");

    @Override
    CrynuxDevnetBuilder network() {
        return super.network()
                .contractVersion(TaskContractVersion.SEVEN_ARGUMENTS)
                .gpu("NVIDIA GeForce RTX 4090", 24);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:tune").to("crynux:sd-ft-lora?gpuName=NVIDIA GeForce RTX 4090&gpuVram=24");
                from("direct:noGpu").to("crynux:sd-ft-lora");
            }
        };
    }

    @Test
    void validationImagesAreTheResult() throws Exception {
        String parameters = Files.readString(PARAMETERS);
        Exchange out = template.request("direct:tune", e -> e.getMessage().setBody(parameters));

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CrynuxConstants.TASK_KIND)).isEqualTo("sd-ft-lora");
        List<?> images = out.getMessage().getBody(List.class);
        assertThat(images).hasSize(2);
    }

    @Test
    void withoutAGpuNothingIsSigned() throws Exception {
        String parameters = Files.readString(PARAMETERS);
        Exchange out = template.request("direct:noGpu", e -> e.getMessage().setBody(parameters));

        assertThat(out.getException()).isInstanceOf(InvalidTaskException.class).hasMessageContaining("gpuName");
        assertThat(payments()).isZero();
    }

    @Test
    void aDataSetThatTheRelayDoesNotTakeForAUriIsRefusedBeforeMoney() throws Exception {
        ObjectNode parameters = (ObjectNode) new ObjectMapper().readTree(PARAMETERS.toFile());
        parameters.putObject("dataset").put("url", "example.org/set.zip");
        Exchange out = template.request("direct:tune", e -> e.getMessage().setBody(parameters.toString()));

        assertThat(out.getException())
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("/dataset/url must be an absolute URI");
        assertThat(payments()).isZero();
    }

    @Test
    void aPromptIsNoFineTuningTask() throws Exception {
        Exchange out = template.request("direct:tune", e -> e.getMessage().setBody("a lighthouse"));

        assertThat(out.getException()).isInstanceOf(InvalidTaskException.class).hasMessageContaining("has no prompt");
        assertThat(payments()).isZero();
    }
}

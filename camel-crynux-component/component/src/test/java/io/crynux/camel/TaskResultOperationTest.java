// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.task.WaitFor;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The result of one of the wallet's tasks can be had by its id, whichever program created it. */
@Tag("chain")
class TaskResultOperationTest extends OperationTestSupport {

    @Test
    void theResultOfATaskOfAnotherProgramIsAsTheProducerLeavesIt() throws Exception {
        elsewhere(devnet.account(0), WaitFor.SUCCESS);

        Exchange out = ask("result", 1);

        assertThat(out.getException()).isNull();
        List<?> images = out.getMessage().getBody(List.class);
        assertThat(images).hasSize(2).allSatisfy(image -> {
            byte[] bytes = context.getTypeConverter().convertTo(byte[].class, image);
            assertThat(image).isInstanceOf(StreamCache.class);
            assertThat(ImageIO.read(new ByteArrayInputStream(bytes))).isNotNull();
        });
        assertThat(out.getMessage().getHeader(CrynuxConstants.IMAGE_COUNT)).isEqualTo(2);
        assertThat(out.getMessage().getHeader(CrynuxConstants.FEE_PAID)).isEqualTo("30");
        assertThat(out.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("1.png");
        assertThat(nonce()).as("nothing is paid").isEqualTo(1);
    }

    @Test
    void aTaskThatIsNotOverHasNone() {
        pauseNodes();
        template.request("direct:created", e -> e.getMessage().setBody("a lighthouse"));

        // The Relay follows the chain from behind.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        ask("result", 1).getException())
                .isInstanceOf(ResultUnavailableException.class)
                .hasMessageContaining("Task 1 has no result yet. The Relay returns a task only once its parameters are"
                        + " uploaded and its three nodes are selected. It answered: task_id: Task not ready")
                .hasMessageContaining("operation=resume"));
    }

    @Test
    void anAbortedTaskHasNone() {
        devnet.faults().nodes().fail(3);
        template.request("direct:sd", e -> e.getMessage().setBody("a lighthouse"));

        Exchange out = ask("result", 1);
        assertThat(out.getException(TaskAbortedException.class).reason()).isEqualTo("Task error reported");
        assertThat(out.getMessage().getHeader(CrynuxConstants.TASK_ID)).isEqualTo(1);
    }

    @Test
    void aTaskOfAnotherWalletIsRefused() throws Exception {
        elsewhere(devnet.account(1), WaitFor.SUCCESS);

        assertThat(ask("result", 1).getException())
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("Task 1 was created by " + lower(devnet.account(1)))
                .hasMessageContaining("returns its result only to its creator");
    }

    @Test
    void aResultThatTheRelayHasLostIsTold() throws Exception {
        elsewhere(devnet.account(0), WaitFor.SUCCESS);
        devnet.faults().relay().withholdResults();

        Exchange out = template.request("direct:result", e -> {
            e.getMessage().setHeader(CrynuxConstants.TASK_ID, 1);
            e.getMessage().setHeader(CrynuxConstants.TASK_TIMEOUT, "2s");
        });
        assertThat(out.getException())
                .isInstanceOf(ResultUnavailableException.class)
                .hasMessageContaining("could not be downloaded within 2 s. The task succeeded");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.settings.WaitMethod;
import io.crynux.client.task.SdParameters;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operations on tasks work where tasks are polled for, too. */
@Tag("chain")
class PolledOperationsTest extends OperationTestSupport {

    @Override
    void configure(CrynuxComponent crynux) {
        super.configure(crynux);
        crynux.setWaitMethod(WaitMethod.POLL);
    }

    @Test
    void aTaskThatIsResumedIsPolledForUntilItsResultIsThere() throws Exception {
        devnet.faults().nodes().neverAnswer(3).during(Duration.ofSeconds(3));
        TaskResult left = elsewhere(devnet.account(0), WaitFor.UPLOADED);

        Exchange out = template.request("direct:resume", e -> {
            e.getMessage()
                    .setBody(SdParameters.builder("a windmill")
                            .numImages(2)
                            .build()
                            .json());
            e.getMessage().setHeader(CrynuxConstants.TASK_ID, left.taskId().toString());
        });

        assertThat(out.getException()).isNull();
        assertThat(images(out)).hasSize(2);
        assertThat(nonce()).as("paid once").isEqualTo(1);
    }

    @Test
    void aResultIsDownloaded() throws Exception {
        elsewhere(devnet.account(0), WaitFor.RESULT);

        Exchange out = template.request("direct:result", e -> e.getMessage().setHeader(CrynuxConstants.TASK_ID, 1));

        assertThat(out.getException()).isNull();
        assertThat(images(out)).hasSize(2);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.InsufficientFundsException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.devnet.relaynet.task.TaskStatus;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Tasks of today's network, from their creation at the Relay to their result. */
class RelayTasksTest extends RelayNetworkTestSupport {

    @Test
    void anImage() throws Exception {
        start();
        CrynuxClient client = open();

        TaskResult result = get(client.submit(image().build()));

        assertThat(result.state()).isEqualTo(TaskState.DONE);
        assertThat(ImageIO.read(new ByteArrayInputStream(result.images().get(0).bytes())))
                .isNotNull();
        assertThat(result.taskId()).isEqualTo(relay.tasks().get(0).commitment());
        assertThat(result.feeWei()).isEqualTo(FEE);
        assertThat(spent()).isEqualTo(FEE);
        await().atMost(SOON).until(() -> statuses().equals(java.util.List.of(TaskStatus.END_SUCCESS)));
    }

    @Test
    void aText() throws Exception {
        start();
        CrynuxClient client = open();

        TaskResult result = get(client.submit(text().build()));

        assertThat(result.completion().text()).isNotBlank();
        assertThat(result.resultHash()).startsWith("0x");
        assertThat(spent()).isEqualTo(FEE);
    }

    @Test
    void anErrorThatTheNodeReportsIsRefunded() throws Exception {
        start();
        relay.faults().nodes().error();
        CrynuxClient client = open();

        Throwable error = failure(client.submit(image().maxAttempts(3).build()));

        assertThat(error)
                .isInstanceOf(TaskAbortedException.class)
                .hasMessageContaining("parameters")
                .hasMessageContaining("5 CNX were charged and refunded");
        assertThat(((TaskAbortedException) error).facts().refundedWei()).isEqualTo(FEE);
        assertThat(spent()).isZero();
        assertThat(relay.tasks()).as("another attempt would fail, too").hasSize(1);
    }

    @Test
    void withoutMoneyNothingIsCreated() throws Exception {
        start();
        CrynuxClient client = open();

        Throwable error = failure(
                client.submit(image().feeWei(FUNDS.divide(BigInteger.TWO)).build()));

        assertThat(error)
                .isInstanceOf(InsufficientFundsException.class)
                .hasMessageContaining("10000 CNX")
                .hasMessageContaining("15000 CNX")
                .hasMessageContaining("Nothing was charged");
        assertThat(relay.tasks()).isEmpty();
    }
}

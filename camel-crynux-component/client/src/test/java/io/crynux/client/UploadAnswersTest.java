// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.RelayException;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.RelayFault;
import io.crynux.testing.RelayProxy.Call;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer that an upload of parameters can get means what the protocol says. */
@Execution(ExecutionMode.CONCURRENT)
class UploadAnswersTest extends RelayTestSupport {

    @Test
    void aRelayBehindTheChainIsAskedAgain() throws Exception {
        RelayFault notFound = RelayFault.refusal("task_id", "Task not found on the Blockchain");
        proxy.next(Call.UPLOAD, notFound, notFound);

        assertThat(upload().state()).isEqualTo(TaskState.UPLOADED);
        assertThat(proxy.seen(Call.UPLOAD)).hasSize(3);
    }

    @Test
    void anUploadWhoseAnswerWasLostIsASuccess() throws Exception {
        proxy.next(Call.UPLOAD, RelayFault.LOST_ANSWER);

        assertThat(run(image().build()).state()).isEqualTo(TaskState.DONE);
        // The second one the Relay refused with "Task already uploaded".
        assertThat(proxy.seen(Call.UPLOAD)).hasSize(2);
        assertThat(devnet.relay().requestCounts().get("POST /v1/inference_tasks"))
                .containsEntry(200, 1L)
                .containsEntry(400, 1L);
    }

    @Test
    void aRefusalForGoodIsToldWithTheMoney() {
        proxy.always(Call.UPLOAD, RelayFault.refusal("task_args", "base_model is not allowed"));

        told(failure(image().build(), RelayException.class), "task_args: base_model is not allowed");

        assertThat(proxy.seen(Call.UPLOAD)).hasSize(1);
    }

    /** It may come of a reorganisation that one side has not seen yet. */
    @ParameterizedTest
    @CsvSource({"task_hash, Task hash mismatch", "signature, Signer not allowed"})
    void aRelayThatKnowsAnotherTaskIsAskedAgain(String field, String message) throws Exception {
        proxy.next(Call.UPLOAD, RelayFault.refusal(field, message));

        assertThat(run(image().build()).state()).isEqualTo(TaskState.DONE);
        assertThat(proxy.seen(Call.UPLOAD)).hasSize(2);
    }

    private void told(RelayException refused, String words) {
        assertThat(refused)
                .hasMessageContaining("task 1")
                .hasMessageContaining(words)
                .hasMessageContaining("The fee of 30 CNX was paid; the task can be cancelled")
                .hasMessageContaining(proxy.url())
                .hasMessageNotContaining("/v1/");
        assertThat(refused.facts().taskId()).isEqualTo("1");
        assertThat(refused.facts().transactionHash()).startsWith("0x");
        assertThat(refused.facts().feeWei()).isEqualTo(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(30)));
    }

    @Test
    void aPageInPlaceOfTheRelaysAnswerIsNoSuccess() throws Exception {
        proxy.next(Call.UPLOAD, RelayFault.html(200));

        assertThat(upload().state()).isEqualTo(TaskState.UPLOADED);
        assertThat(devnet.relay().parameters(BigInteger.ONE)).isPresent();
    }

    @Test
    void whatIsNoRelayIsGivenUpInTheEnd() {
        proxy.always(Call.UPLOAD, RelayFault.html(200));

        assertThat(failure(image().waitFor(WaitFor.UPLOADED).build(), RelayException.class))
                .hasMessageContaining("answered 3 times with status 200")
                .hasMessageContaining("relayUrl");
        assertThat(proxy.seen(Call.UPLOAD)).hasSize(USELESS_ANSWERS);
    }
}

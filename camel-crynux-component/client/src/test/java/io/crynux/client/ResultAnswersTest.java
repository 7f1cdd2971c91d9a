// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.internal.image.ImageFormat;
import io.crynux.client.task.GptParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.testing.RelayFault;
import io.crynux.testing.RelayProxy.Call;
import org.junit.jupiter.api.Test;

/** Every answer that a download can get means what the protocol says. */
class ResultAnswersTest extends RelayTestSupport {

    private static TaskRequest text() {
        return TaskRequest.builder(
                        GptParameters.builder().user("What is lichen?").build())
                .fee("20")
                .build();
    }

    @Test
    void aNodeBehindItsUploadIsWaitedFor() throws Exception {
        proxy.next(
                Call.RESULT,
                RelayFault.text(404, "404 page not found"),
                RelayFault.refusal("task_id", "Task results not uploaded"),
                RelayFault.refusal("task_id", "Task not found"));

        assertIsImage(run(image().build()));
        assertThat(proxy.seen(Call.RESULT)).hasSize(4);
    }

    @Test
    void fewerImagesThanExpectedIsFinal() {
        proxy.always(Call.RESULT, RelayFault.refusal("image_num", "File not found"));

        ResultUnavailableException failure = failure(image().build(), ResultUnavailableException.class);

        assertThat(failure)
                .hasMessageContaining("task 1")
                .hasMessageContaining("image_num: File not found")
                .hasMessageContaining("The fee of 30 CNX was paid");
        assertThat(failure.facts().taskId()).isEqualTo("1");
        assertThat(proxy.seen(Call.RESULT)).hasSize(1);
    }

    @Test
    void aPageInPlaceOfAnImageIsAskedForAgain() throws Exception {
        proxy.next(Call.RESULT, RelayFault.html(200), RelayFault.text(200, ""));

        assertIsImage(run(image().build()));
        assertThat(proxy.seen(Call.RESULT)).hasSize(3);
    }

    @Test
    void aPageInPlaceOfAnImageIsGivenUpInTheEnd() {
        proxy.always(Call.RESULT, RelayFault.html(200));

        assertThat(failure(image().build(), ResultUnavailableException.class))
                .hasMessageContaining("answered 3 times with status 200")
                .hasMessageContaining("it sent no image");
        assertThat(proxy.seen(Call.RESULT)).hasSize(USELESS_ANSWERS);
    }

    @Test
    void aTextWithoutChoicesIsAskedForAgain() throws Exception {
        proxy.next(Call.RESULT, RelayFault.text(200, "{\"choices\":[]}"), RelayFault.html(200));

        assertThat(run(text()).completion().text()).containsIgnoringCase("lichen");
        assertThat(proxy.seen(Call.RESULT)).hasSize(3);
    }

    @Test
    void aTextWithoutChoicesIsGivenUpInTheEnd() {
        proxy.always(Call.RESULT, RelayFault.text(200, "{\"choices\":[]}"));

        assertThat(failure(text(), ResultUnavailableException.class)).hasMessageContaining("no chat completion");
    }

    @Test
    void aResultBeyondTheLimitIsRefusedWithoutReadingIt() {
        // Not sent at all after its headers: who read it would run into the time-out and try again.
        proxy.always(Call.RESULT, (exchange, relay) -> {
            exchange.sendResponseHeaders(200, 1L << 40);
            exchange.getResponseBody().flush();
        });

        assertThat(failure(image().maxResultBytes(1_000_000).build(), ResultUnavailableException.class))
                .hasMessageContaining("longer than 1000000 bytes")
                .hasMessageContaining("the maximum is maxResultSize for a result file");
        assertThat(proxy.seen(Call.RESULT)).hasSize(1);
    }

    private static void assertIsImage(TaskResult result) {
        assertThat(ImageFormat.of(result.images().get(0).bytes())).contains(ImageFormat.PNG);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.task.TaskRequest;
import io.crynux.testing.RelayFault;
import io.crynux.testing.RelayProxy.Call;
import io.crynux.testing.TemporaryResults;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody goes on asking the Relay for what nobody waits for any more. */
@Tag("chain")
class AbandonedRequestsTest extends RelayTestSupport {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch abandoned = new CountDownLatch(1);

    private TaskRequest endless(Duration timeout) {
        proxy.always(Call.RESULT, RelayFault.endless(begun, abandoned));
        return image().maxResultBytes(Long.MAX_VALUE).timeout(timeout).build();
    }

    @Test
    void closingTheClientEndsADownloadThatIsUnderWay() throws Exception {
        TemporaryResults results = TemporaryResults.now();
        client.submit(endless(Duration.ofMinutes(5)));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        client.close();

        assertThat(abandoned.await(30, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(results.made()).isEmpty());
    }

    @Test
    void theDeadlineEndsADownloadThatIsUnderWay() throws Exception {
        TemporaryResults results = TemporaryResults.now();

        failure(endless(Duration.ofSeconds(4)), TaskTimeoutException.class);

        assertThat(abandoned.await(30, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(results.made()).isEmpty());
    }

    @Test
    void whoJoinsAFinishedTaskAndGivesUpEndsTheDownload() throws Exception {
        run(image().idempotencyKey("7").maxResultBytes(Long.MAX_VALUE).build());
        proxy.always(Call.RESULT, RelayFault.endless(begun, abandoned));

        failure(
                image().idempotencyKey("7")
                        .maxResultBytes(Long.MAX_VALUE)
                        .timeout(Duration.ofSeconds(1))
                        .build(),
                TaskTimeoutException.class);

        assertThat(abandoned.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theDeadlineEndsTriesToDownload() {
        proxy.always(Call.RESULT, RelayFault.html(503));
        failure(image().timeout(Duration.ofSeconds(4)).build(), TaskTimeoutException.class);

        assertNoMore(Call.RESULT);
    }

    /** The deadline does not: without its parameters a task that is paid could never be worked on. */
    @Test
    void closingTheClientEndsTriesToUpload() {
        proxy.always(Call.UPLOAD, RelayFault.html(503));
        client.submit(image().build());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !proxy.seen(Call.UPLOAD).isEmpty());

        client.close();

        assertNoMore(Call.UPLOAD);
    }

    /** Back-off is at most 100 ms here; one request may be under way. */
    private void assertNoMore(Call call) {
        int tries = proxy.seen(call).size();
        await().during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(proxy.seen(call).size()).isBetween(1, tries + 1));
    }
}

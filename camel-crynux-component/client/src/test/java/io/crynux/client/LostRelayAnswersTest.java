// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.task.TaskResult;
import io.crynux.devnet.relaynet.fault.RelayCall;
import io.crynux.devnet.relaynet.task.TaskStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Connections that break before or after the Relay has done what was asked cost neither a task nor a second fee. */
class LostRelayAnswersTest extends RelayNetworkTestSupport {

    @ParameterizedTest
    @EnumSource(
            value = RelayCall.class,
            mode = Mode.INCLUDE,
            names = {"CREATE", "GET", "VALIDATE", "RESULT", "EVENTS", "BALANCE", "ANY"})
    void whatTheRelayHasDoneWithoutAnAnswer(RelayCall call) throws Exception {
        start();
        CrynuxClient client = open();
        client.connect().get();
        relay.faults().on(call).loseAnswer().times(2);

        TaskResult result = get(client.submit(text().build()));

        assertThat(result.completion().text()).isNotBlank();
        assertThat(relay.tasks()).hasSize(1);
        assertThat(spent()).isEqualTo(FEE);
    }

    @ParameterizedTest
    @EnumSource(
            value = RelayCall.class,
            mode = Mode.INCLUDE,
            names = {"CREATE", "GET", "VALIDATE", "RESULT", "EVENTS", "BALANCE", "ANY"})
    void whatTheRelayHasNotReceived(RelayCall call) throws Exception {
        start();
        CrynuxClient client = open();
        client.connect().get();
        relay.faults().on(call).down().times(2);

        TaskResult result = get(client.submit(text().build()));

        assertThat(result.completion().text()).isNotBlank();
        assertThat(relay.tasks()).hasSize(1);
        assertThat(spent()).isEqualTo(FEE);
    }

    @Test
    void theDatabaseIsAwayForAWhile() throws Exception {
        start();
        CrynuxClient client = open();
        client.connect().get();
        relay.faults().databaseAway().during(Duration.ofSeconds(3));

        TaskResult result = get(client.submit(image().build()));

        assertThat(result.images()).hasSize(1);
        assertThat(spent()).isEqualTo(FEE);
    }

    @Test
    void aRelayWithoutEventsIsAskedForEachTask() throws Exception {
        start();
        relay.faults().on(RelayCall.EVENTS).respond(404);
        CrynuxClient client = open();

        assertThat(get(client.submit(image().build())).images()).hasSize(1);
        assertThat(spent()).isEqualTo(FEE);
    }

    @Test
    void aTaskThatTimedOutIsValidatedAllTheSame() throws Exception {
        start();
        relay.faults().nodes().slow(Duration.ofSeconds(2));
        CrynuxClient client = open();

        Throwable error =
                failure(client.submit(image().timeout(Duration.ofSeconds(1)).build()));

        assertThat(error).isInstanceOf(TaskTimeoutException.class).hasMessageContaining("5 CNX may be spent");
        await().atMost(SOON).until(() -> statuses().contains(TaskStatus.END_SUCCESS));
        assertThat(spent()).isEqualTo(FEE);
    }

    @Test
    void aTimeOutCancelsWhatIsQueued() throws Exception {
        start();
        relay.faults().nodes().pause();
        CrynuxClient client = open();

        CompletableFuture<TaskResult> future = client.submit(
                image().timeout(Duration.ofSeconds(1)).cancelOnTimeout(true).build());

        assertThat(failure(future)).hasMessageContaining("cancelled");
        assertThat(statuses()).containsExactly(TaskStatus.END_ABORTED);
        assertThat(spent()).isZero();
    }
}

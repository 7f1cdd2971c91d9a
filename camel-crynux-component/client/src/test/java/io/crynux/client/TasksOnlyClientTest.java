// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.NetworkException;
import io.crynux.client.event.EventSubscription;
import io.crynux.client.observe.ClientStatus;
import io.crynux.client.observe.ClientStatus.ChainStatus;
import io.crynux.client.operation.TaskOperations;
import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.GptParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.ScriptedNetwork;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A protocol without a chain runs tasks; what it lacks fails by its name. */
class TasksOnlyClientTest {
    private static final TaskRequest QUESTION = TaskRequest.builder(
                    GptParameters.builder().user("What is lichen?").build())
            .fee("30")
            .build();

    private final ScriptedNetwork network = new ScriptedNetwork();
    private final CrynuxClient client = ScriptedClients.builder(network).build();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void tasksRunWithoutNodeRelayOrSigner() throws Exception {
        TaskResult result = client.submit(QUESTION).get(20, TimeUnit.SECONDS);

        assertThat(result.state()).isEqualTo(TaskState.DONE);
        assertThat(result.creator()).isEqualTo("scripted");
        assertThat(client.address()).contains("scripted");
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void whatItLacksFailsByItsName() {
        assertLacks(client.connectChain(), "chain");
        assertLacks(client.events(EventSubscription.builder().build()), "events");
        assertLacks(client.balance(), "balance");
        assertLacks(client.network(), "statistics");
    }

    @Test
    void operationsThatItLacksFailByTheirName() {
        TaskOperations operations = client.tasks();
        assertLacks(operations.status("1"), "operation that reads the status of a task");
        assertLacks(operations.result("1", OperationSettings.DEFAULT), "operation that downloads the result of a task");
        assertLacks(operations.cancel("1", WaitFor.RESULT, OperationSettings.DEFAULT), "operation that cancels a task");
        assertLacks(operations.prepare(QUESTION), "transactions that another wallet can sign");
        assertLacks(operations.mostGasCost(), "gas");
    }

    @Test
    void itsStatusHasTheTasksAndNoChain() throws Exception {
        client.connect().get(20, TimeUnit.SECONDS);
        ClientStatus status = client.status();

        assertThat(status.canRunTasks()).isTrue();
        assertThat(status.hasRelay()).isFalse();
        assertThat(status.chain()).isEqualTo(ChainStatus.NOT_FOLLOWED);
        assertThat(status.unreadable()).isEmpty();
        assertThat(status.load().inFlight()).isZero();
        assertThat(status.journal().get(20, TimeUnit.SECONDS)).isTrue();
        assertLacks(status.newestBlock(), "blocks");
        assertLacks(status.relayClock(), "Relay");
        assertLacks(status.wallet(), "balance");
    }

    private static void assertLacks(CompletableFuture<?> answer, String service) {
        assertThatThrownBy(answer::join)
                .cause()
                .isInstanceOf(NetworkException.class)
                .hasMessage("The protocol of this network has no " + service + ". Nothing was signed");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.devnet.contract.TaskContractVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same client runs on every deployment of the contract, and finds out which one it is on. */
@Tag("chain")
class ContractVersionsTest extends ChainTestSupport {

    @ParameterizedTest
    @EnumSource
    void tasksRunOnEveryDeployment(TaskContractVersion version) throws Exception {
        start(quick().contractVersion(version));

        assertThat(get(open(builder()).submit(question("30").build())).state()).isEqualTo(TaskState.DONE);
    }

    @Test
    void aGpuCanBeNamedWhereTheContractKnowsGpus() throws Exception {
        start(quick().contractVersion(TaskContractVersion.SEVEN_ARGUMENTS));

        assertThat(get(open(builder())
                                .submit(question("30")
                                        .gpu("NVIDIA GeForce RTX 4090", 24)
                                        .build()))
                        .state())
                .isEqualTo(TaskState.DONE);
    }

    @Test
    void aGpuIsRefusedUnsignedWhereItDoesNot() throws Exception {
        start(quick());

        assertThat(failure(open(builder())
                        .submit(question("30")
                                .gpu("NVIDIA GeForce RTX 4090", 24)
                                .build())))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("names no GPU (5 arguments)")
                .hasMessageContaining("Nothing was spent");
        assertThat(rpc.sentTransactions()).isEmpty();
    }

    @Test
    void theDeploymentCanBeConfigured() throws Exception {
        start(quick().contractVersion(TaskContractVersion.SEVEN_ARGUMENTS));

        assertThat(get(open(builder().createTaskArguments(CreateTaskArguments.SEVEN))
                                .submit(question("30").waitFor(WaitFor.CREATED).build()))
                        .state())
                .isEqualTo(TaskState.CREATED);
        assertThat(rpc.calls("eth_call")).isEmpty();
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(booleans = {true, false})
    void eventsAreReadWithAndWithoutAnIndexedTaskId(boolean indexed) throws Exception {
        start(quick().contract(ContractSettings.defaults().withIndexedTaskIds(indexed)));

        assertThat(get(open(builder()).submit(question("30").build()))
                        .completion()
                        .text())
                .containsIgnoringCase("lichen");
    }
}

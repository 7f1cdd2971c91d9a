// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.contract.ContractSettings;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A devnet for load tests: nodes that cost little, blocks and a queue of any size; to its creators it is as ever. */
class LightNodesTest {
    private static final String TASK = "{\"base_model\":\"m\",\"prompt\":\"%s\","
            + "\"task_config\":{\"num_images\":1,\"image_width\":64,\"image_height\":64}}";

    @Test
    void tasksOfOneSizeGetTheSamePictureWhateverTheyAsk() {
        try (CrynuxDevnet devnet = CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(50))
                .relayLag(Duration.ofMillis(20))
                .workTime(Duration.ZERO)
                .lightNodes()
                .start()) {
            var creator = new Creator(devnet, 0);

            byte[] lighthouse = result(creator, String.format(TASK, "a lighthouse"));
            byte[] canal = result(creator, String.format(TASK, "a canal"));

            assertThat(lighthouse).isNotEmpty().isEqualTo(canal);
            // The nodes' transactions stand in blocks like any other, each from its own sender.
            assertThat(devnet.nodes())
                    .allMatch(node -> sent(creator, node.address()).intValue() >= 3);
            assertThat(devnet.chain().rpcCounts()).containsEntry("eth_sendRawTransaction", 2L);
        }
    }

    private static byte[] result(Creator creator, String args) {
        long id = creator.createTask(0, args, 8, 1);
        creator.upload(id, args);
        creator.awaitEvent("TaskResultUploaded(uint256)", id);
        return creator.download(id, 0);
    }

    private static BigInteger sent(Creator creator, String address) {
        return BigInteger.valueOf(Long.decode(
                creator.rpc("eth_getTransactionCount", address, "latest").asText()));
    }

    @Test
    void aBlockTakesAsManyTasksAsItsGasAllows() {
        try (CrynuxDevnet devnet = CrynuxDevnet.builder()
                .blockTime(Duration.ofHours(1))
                .blockGasLimit(300_000_000)
                .contract(ContractSettings.defaults().withQueueSize(200))
                .start()) {
            var creator = new Creator(devnet, 0);
            String last = "";
            for (int i = 0; i < 100; i++) {
                last = creator.sendTask(0, String.format(TASK, i), 8, 1);
            }
            long before = devnet.chain().access().head().number();

            devnet.chain().mine();

            assertThat(creator.taskId(last)).isEqualTo(100);
            assertThat(devnet.chain().access().head().number()).isEqualTo(before + 1);
        }
    }
}

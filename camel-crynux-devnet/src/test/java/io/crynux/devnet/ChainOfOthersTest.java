// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.devnet.chain.ChainAccess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A devnet on the chain of a node that runs already: here the anvil of another devnet. */
@Tag("chain")
@EnabledIfSystemProperty(
        named = "crynux.backend",
        matches = "anvil",
        disabledReason = "the devnet's own chain has no EVM to deploy the contracts on")
class ChainOfOthersTest {
    private static CrynuxDevnet node;
    private static CrynuxDevnet devnet;

    @BeforeAll
    static void start() {
        node = quick().nodes(0).start();
        devnet = quick().chainUrl(URI.create(node.rpcUrl())).start();
    }

    private static CrynuxDevnetBuilder quick() {
        return CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(100))
                .relayLag(Duration.ofMillis(50))
                .workTime(Duration.ofMillis(50));
    }

    @AfterAll
    static void stop() {
        devnet.close();
        node.close();
    }

    @Test
    void hasItsUrlAndContractsOfItsOwn() {
        assertThat(devnet.rpcUrl()).isEqualTo(node.rpcUrl());
        assertThat(devnet.chainId()).isEqualTo(node.chainId());
        assertThat(devnet.contractAddress()).isNotEqualToIgnoringCase(node.contractAddress());
    }

    @Test
    void fiftyTasksInFlightAllSucceed() {
        var creator = new Creator(devnet, 2);
        int before = devnet.tasks().all().size();
        List<Long> ids = new ArrayList<>();
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tasks.add(
                    "{\"base_model\":\"m\",\"prompt\":\"picture " + i
                            + "\",\"task_config\":{\"num_images\":1,\"steps\":1,\"seed\":1,\"cfg\":1,\"image_width\":64,\"image_height\":64}}");
        }
        List<String> sent =
                tasks.stream().map(task -> creator.sendTask(0, task, 8, 1)).toList();
        sent.forEach(hash -> ids.add(creator.taskId(hash)));
        for (int i = 0; i < ids.size(); i++) {
            creator.upload(ids.get(i), tasks.get(i));
        }
        devnet.tasks().within(Duration.ofSeconds(60)).areCreated(before + 50).allSucceed();
    }

    @Test
    void aReorgReplacesItsBlocks() {
        node.chain().pauseBlocks();
        node.chain().mine();
        node.chain().mine();
        ChainAccess.Head before = devnet.chain().access().head();
        devnet.chain().reorg(2);
        ChainAccess.Head after = devnet.chain().access().head();
        node.chain().resumeBlocks();
        assertThat(after.number()).isGreaterThan(before.number());
        assertThat(devnet.chain().view().replaced())
                .anySatisfy(block -> assertThat(block.hash()).isEqualTo(before.hash()));
    }

    @Test
    void faultsOfTheNodeAreRefused() {
        String why = "only the devnet's own chain supports this";
        assertThatThrownBy(() -> devnet.faults().rpc().down())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(node.rpcUrl());
        assertThatThrownBy(() -> devnet.faults().rpc().emptyLogs()).hasMessageContaining(why);
        assertThatThrownBy(() -> devnet.faults().rpc().cutWebSockets()).hasMessageContaining(why);
        assertThatThrownBy(() -> devnet.chain().dropNext(1)).hasMessageContaining(why);
        assertThatThrownBy(() -> devnet.faults().contract().outOfGas()).hasMessageContaining(why);
        assertThat(devnet.faults().on()).isEmpty();
    }
}

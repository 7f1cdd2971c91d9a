// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.evm.FollowSettings;
import io.crynux.client.observe.ClientStatus.ChainStatus;
import io.crynux.client.settings.LogSource;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.RpcProxy;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Logs that a node tells wrongly are not believed, and read when it tells them rightly; receipts do without eth_getLogs. */
class UntrustedLogsTest extends FollowingTestSupport {

    @RegisterExtension
    static CrynuxDevnet devnet = still().build();

    @Override
    CrynuxDevnet devnet() {
        return devnet;
    }

    private RpcProxy proxy() {
        return closedLater(RpcProxy.to(devnet.rpcUrl()));
    }

    private static FollowSettings receipts() {
        return new FollowSettings(QUICKLY, List.of(), LogSource.RECEIPTS, 2_000);
    }

    private static void spoilLogs(RpcProxy node, Consumer<ArrayNode> spoil) {
        node.intercept("eth_getLogs", (params, usual) -> {
            ObjectNode answer = usual.get();
            if (!answer.path("result").isEmpty()) {
                spoil.accept((ArrayNode) answer.get("result"));
            }
            return answer;
        });
    }

    private void areReadWhenTheyAreRight(Consumer<ArrayNode> spoil) throws Exception {
        RpcProxy node = proxy();
        spoilLogs(node, spoil);
        areReadWhenTheyAreRight(node);
    }

    private void areReadWhenTheyAreRight(RpcProxy node) throws Exception {
        long start = head();
        Following following = follow(polling(QUICKLY), node.url());
        mineTask();
        mineTask();
        await().atMost(SOON).until(() -> node.calls("eth_getLogs").size() >= 3);
        assertThat(following.events()).isEmpty();

        node.release("eth_getLogs");

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(2).isEqualTo(truthAfter(start));
    }

    @Test
    void logsOfForeignContracts() throws Exception {
        areReadWhenTheyAreRight(
                logs -> ((ObjectNode) logs.get(0)).put("address", "0x00000000000000000000000000000000000000aa"));
    }

    @Test
    void logsOfOtherBlocks() throws Exception {
        areReadWhenTheyAreRight(logs -> ((ObjectNode) logs.get(0)).put("blockHash", "0x" + "ab".repeat(32)));
    }

    @Test
    void logsWithoutTopics() throws Exception {
        areReadWhenTheyAreRight(logs -> ((ObjectNode) logs.get(0)).remove("topics"));
    }

    @Test
    void logsWithoutATransaction() throws Exception {
        areReadWhenTheyAreRight(logs -> ((ObjectNode) logs.get(0)).remove("transactionHash"));
    }

    @Test
    void noListOfLogs() throws Exception {
        RpcProxy node = proxy();
        node.intercept("eth_getLogs", (params, usual) -> RpcProxy.result("nonsense"));
        areReadWhenTheyAreRight(node);
    }

    @Test
    void anOutageIsToldOnce() throws Exception {
        RpcProxy node = proxy();
        Following following = follow(polling(QUICKLY), node.url());
        await().atMost(SOON).until(() -> following.looks() > 0);
        try (LoggedMessages logged = new LoggedMessages("io.crynux.client.internal.evm.follow.FollowerHealth")) {
            node.goDown();
            mineTask();
            await().atMost(SOON).until(() -> following.follower().status().failures() >= 3);
            ChainStatus during = following.follower().status();
            assertThat(during.lastError()).contains("does not answer");
            assertThat(during.headSince()).isNull();
            node.recover();
            await().atMost(SOON).until(() -> following.head() == head());

            assertThat(logged.ofThreads("").stream().filter(message -> message.contains(node.url())))
                    .hasSize(1);
        }
        await().atMost(SOON).until(() -> following.follower().status().failures() == 0);
        ChainStatus after = following.follower().status();
        assertThat(after.lastError()).isNull();
        assertThat(after.head()).isEqualTo(head());
        assertThat(after.headSince()).isBeforeOrEqualTo(after.answeredAt());
    }

    @Test
    void receiptsTellWhatEmptyLogsDoNot() throws Exception {
        long start = head();
        devnet.faults().rpc().emptyLogs();
        Following following = follow(receipts(), devnet.rpcUrl());
        mineTask();
        sendTask();
        mineTask();
        mine(1);

        await().atMost(SOON).until(() -> following.head() == head());
        devnet.faults().clear();
        assertThat(following.events()).hasSize(3).isEqualTo(truthAfter(start));
    }

    @Test
    void receiptsAreReadOneByOneWhereTheNodeCannotTellThoseOfABlock() throws Exception {
        long start = head();
        RpcProxy node = proxy();
        node.intercept(
                "eth_getBlockReceipts",
                (params, usual) -> RpcProxy.error(-32601, "the method eth_getBlockReceipts does not exist"));
        Following following = follow(receipts(), node.url());
        for (int i = 0; i < 30; i++) {
            sendTask();
        }
        mine(1);
        mineTask();

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(31).isEqualTo(truthAfter(start));
        assertThat(node.calls("eth_getBlockReceipts")).hasSize(1);
        assertThat(node.calls("eth_getLogs")).isEmpty();
    }

    @Test
    void receiptsOfAnotherBlockAreNotBelieved() throws Exception {
        long start = head();
        RpcProxy node = proxy();
        node.intercept("eth_getBlockReceipts", (params, usual) -> {
            ObjectNode answer = usual.get();
            answer.path("result").forEach(receipt -> ((ObjectNode) receipt).put("blockHash", "0x" + "ab".repeat(32)));
            return answer;
        });
        Following following = follow(receipts(), node.url());
        mineTask();
        await().atMost(SOON).until(() -> node.calls("eth_getBlockReceipts").size() >= 4);
        assertThat(following.events()).isEmpty();
        node.release("eth_getBlockReceipts");

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(1).isEqualTo(truthAfter(start));
    }
}

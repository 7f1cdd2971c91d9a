// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.NetworkException;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.task.TaskResult;
import io.crynux.testing.RpcProxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a failure is told: by depth, by the chain's own word, or when the chain makes no more blocks. */
@Tag("chain")
class FinalityTest extends ChainTestSupport {
    private static final EngineSettings USUAL = EngineSettings.DEFAULT;

    private CrynuxClient client(String finality, Duration timeout) {
        return open(builder()
                .engine(new EngineSettings(
                        Finality.parse(finality, timeout),
                        USUAL.payments(),
                        USUAL.downloadDelay(),
                        USUAL.retention(),
                        USUAL.limits(),
                        USUAL.budget())));
    }

    /** A payment that reverts, in the chain's newest block: without a free node the contract divides by the cap. */
    private CompletableFuture<TaskResult> reverted(CrynuxClient client) {
        CompletableFuture<TaskResult> pending =
                client.submit(question("30").cap(0).build());
        await().atMost(SOON).until(() -> sent().size() == 1);
        int calls = rpc.calls("eth_call").size();
        devnet.chain().mine();
        await().atMost(SOON).until(() -> rpc.calls("eth_call").size() > calls);
        return pending;
    }

    private long asked(String tag) {
        return rpc.calls("eth_getBlockByNumber").stream()
                .filter(call -> call.at("/params/0").asText().equals(tag))
                .count();
    }

    private void awaitPolls(int count) {
        long before = asked("latest");
        await().atMost(SOON).until(() -> asked("latest") >= before + count);
    }

    @Test
    void aChainThatStandsStillMakesItFinal() throws Exception {
        start(still().nodes(0));
        CompletableFuture<TaskResult> pending = reverted(client("5", Duration.ofMillis(300)));

        assertThat(failure(pending)).isInstanceOf(TransactionRevertedException.class);
    }

    @Test
    void withoutATimeOutTheChainMustGoOn() throws Exception {
        start(still().nodes(0));
        CompletableFuture<TaskResult> pending = reverted(client("5", Duration.ZERO));
        awaitPolls(15);
        assertThat(pending).isNotDone();

        for (int i = 0; i < 5; i++) {
            devnet.chain().mine();
        }

        assertThat(failure(pending)).isInstanceOf(TransactionRevertedException.class);
    }

    /** A chain on which a transaction waits is not one that has nothing to do. */
    @Test
    void aChainThatShouldMakeABlockDoesNotStandStill() throws Exception {
        start(still().nodes(0));
        CrynuxClient client = client("5", Duration.ofMillis(300));
        CompletableFuture<TaskResult> pending = reverted(client);
        CompletableFuture<TaskResult> next = submitUntilCreated(client, "30");
        await().atMost(SOON).until(() -> sent().size() == 2);
        if (!pending.isDone()) {
            awaitPolls(20);
            assertThat(pending).isNotDone();
        }

        devnet.chain().mine();

        assertThat(failure(pending)).isInstanceOf(TransactionRevertedException.class);
        get(next);
    }

    @Test
    void theChainsOwnWordIsAskedForWhileSomebodyWaits() throws Exception {
        start(still().nodes(0));
        CrynuxClient client = client("safe", Duration.ZERO);
        get(client.connect());
        awaitPolls(5);
        // At the start, to find out whether the node knows the word.
        assertThat(asked("safe")).isEqualTo(1);

        CompletableFuture<TaskResult> pending = reverted(client);
        await().atMost(SOON).until(() -> asked("safe") > 3);
        for (int i = 0; i < 31; i++) {
            devnet.chain().mine();
        }
        awaitPolls(5);
        assertThat(pending).isNotDone();
        devnet.chain().mine();

        assertThat(failure(pending)).isInstanceOf(TransactionRevertedException.class);
        awaitPolls(2);
        long askedThen = asked("safe");
        awaitPolls(5);
        assertThat(asked("safe")).isEqualTo(askedThen);
    }

    @Test
    void aNodeThatDoesNotKnowTheWordIsRefusedAtTheStart() throws Exception {
        start(still().nodes(0));
        rpc.intercept(
                "eth_getBlockByNumber",
                (params, node) -> params.get(0).asText().equals("finalized")
                        ? RpcProxy.error(-39001, "finalized block not found")
                        : node.get());

        assertThat(failure(client("finalized", Duration.ZERO).connect()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("finality is finalized, but the node does not report a finalized block")
                .hasMessageContaining("finalized block not found")
                .hasMessageContaining("Set finality to a number of blocks");
    }

    @Test
    void rpcUrlNeedsOneForHttp() {
        assertThatThrownBy(() -> new ChainClientBuilder().rpcUrl("wss://rpc.example.org/key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rpcUrl has only WebSocket URLs")
                .hasMessageNotContaining("key");
        assertThatThrownBy(() -> new ChainClientBuilder().rpcUrl("ftp://rpc.example.org/key"))
                .hasMessage("rpcUrl must begin with http://, https://, ws://, wss:// and name a host");
    }
}

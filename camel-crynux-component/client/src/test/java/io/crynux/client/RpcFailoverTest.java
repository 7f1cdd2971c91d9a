// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.NetworkException;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.task.TaskState;
import io.crynux.testing.OnDevnetChainOnly;
import io.crynux.testing.RpcProxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With several RPC URLs one is used until it fails; what one of them says is never taken for the whole truth. */
@Tag("chain")
class RpcFailoverTest extends ChainTestSupport {
    private RpcProxy backup;

    private ChainClientBuilder both() {
        backup = proxyTo(devnet.rpcUrl());
        return builder().rpcUrl(rpc.url() + "/key-of-first," + backup.url() + "/key-of-second");
    }

    @Test
    void oneIsUsedWhileItAnswers() throws Exception {
        start(quick());
        CrynuxClient client = open(both());
        get(client.connect());
        int asked = backup.callCount();

        get(submitUntilCreated(client, "30"));

        assertThat(backup.callCount()).isEqualTo(asked);
    }

    @Test
    void theNextIsUsedWhenOneGoesDown() throws Exception {
        start(quick());
        CrynuxClient client = open(both());
        get(client.connect());
        rpc.goDown();

        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);

        // It stays there, although the first one is back.
        rpc.recover();
        int asked = rpc.callCount();
        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);
        assertThat(rpc.callCount()).isEqualTo(asked);
    }

    @Test
    void serverErrorsAndRateLimitsMoveOnToo() throws Exception {
        start(quick());
        CrynuxClient client = open(both());
        get(client.connect());

        rpc.fail(502, Map.of(), "<html>Bad gateway</html>");
        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);
        rpc.recover();
        backup.fail(429, Map.of("Retry-After", "60"), "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32005}}");
        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);
    }

    @Test
    void theOnlyOneIsWaitedForWhenItLimitsTheRate() throws Exception {
        start(quick());
        CrynuxClient client = open(builder());
        get(client.connect());
        rpc.fail(429, Map.of("Retry-After", "1"), "slow down");
        var pending = submitUntilCreated(client, "30");
        int asked = rpc.callCount();
        var timer = java.util.concurrent.Executors.newSingleThreadScheduledExecutor();
        closedLater(timer::shutdownNow);
        timer.schedule(rpc::recover, 500, java.util.concurrent.TimeUnit.MILLISECONDS);

        assertThat(get(pending).state()).isEqualTo(TaskState.CREATED);
        assertThat(asked).isPositive();
    }

    @Test
    @OnDevnetChainOnly("anvil answers at the URL's root only, and so is down at /secret")
    void oneOnAnotherChainIsRefusedAtStart() throws Exception {
        start(quick());
        var other = closedLater(quick().chainId(4711).start());

        assertThat(failure(open(builder().rpcUrl(rpc.url() + "," + other.rpcUrl() + "/secret"))
                        .connect()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("is on chain 4711")
                .hasMessageContaining(rpc.url() + " is on chain 31337")
                .hasMessageNotContaining("secret");
    }

    @Test
    void oneThatIsDownAtStartIsCheckedWhenItComesBack() throws Exception {
        start(quick());
        var other = closedLater(quick().chainId(4711).start());
        RpcProxy wrong = proxyTo(other.rpcUrl()).goDown();
        CrynuxClient client = open(builder().rpcUrl(wrong.url() + "," + rpc.url()));
        get(client.connect());
        wrong.recover();
        rpc.goDown();

        // The only one left is on another chain, so nothing is paid there.
        var pending = submitUntilCreated(client, "30");
        org.awaitility.Awaitility.await().atMost(SOON).until(() -> !wrong.calls("eth_chainId")
                .isEmpty());
        assertThat(wrong.sentTransactions()).isEmpty();
        rpc.recover();
        assertThat(get(pending).state()).isEqualTo(TaskState.CREATED);
        assertThat(wrong.sentTransactions()).isEmpty();
    }

    @Test
    void whatOneMayHaveTakenTheOtherCannotRefuse() throws Exception {
        start(quick());
        CrynuxClient client = open(both());
        get(client.connect());
        // The first one takes the payment and its answer gets lost; the second one is behind.
        rpc.intercept("eth_sendRawTransaction", (params, node) -> {
            rpc.goDown();
            throw new java.io.UncheckedIOException(new java.io.IOException("lost " + node.get()));
        });
        backup.intercept("eth_sendRawTransaction", (params, node) -> RpcProxy.error(-32000, "insufficient funds"));

        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);
    }

    @Test
    void anOldReplicaProvesNothing() throws Exception {
        start(still());
        PaymentSettings patient = new PaymentSettings(Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO);
        CrynuxClient client = open(both().engine(engine(patient)));
        get(client.connect());
        // The replica knows the nonce, as if from another one behind its address, and no receipt and no later block.
        backup.intercept("eth_getTransactionReceipt", (params, node) -> RpcProxy.result(null));
        backup.intercept("eth_getLogs", (params, node) -> RpcProxy.error(-32000, "header not found"));
        String oldHead = ask("eth_blockNumber").asText();
        backup.intercept("eth_getBlockByNumber", (params, node) -> {
            boolean known = Long.decode(oldHead) >= number(params.get(0).asText());
            return known ? node.get() : RpcProxy.result(null);
        });
        var pending = submitUntilCreated(client, "30");
        org.awaitility.Awaitility.await().atMost(SOON).until(() -> sent().size() == 1);
        rpc.intercept("eth_getLogs", (params, node) -> RpcProxy.error(-32000, "not now"));
        rpc.goDown();
        for (int i = 0; i < 6; i++) {
            devnet.chain().mine();
        }
        org.awaitility.Awaitility.await()
                .pollDelay(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> !pending.isDone());

        rpc.release("eth_getLogs");
        rpc.recover();
        backup.goDown();

        assertThat(get(pending).state()).isEqualTo(TaskState.CREATED);
    }

    @Test
    void aReplicaThatIsFarBehindIsLeft() throws Exception {
        start(still());
        CrynuxClient client = open(both());
        get(client.connect());
        var pending = submitUntilCreated(client, "30");
        org.awaitility.Awaitility.await().atMost(SOON).until(() -> sent().size() == 1);
        for (int i = 0; i < 300; i++) {
            devnet.chain().mine();
        }
        get(pending);
        org.awaitility.Awaitility.await().atMost(SOON).until(() -> rpc.calls("eth_getBlockByNumber").stream()
                .anyMatch(call -> call.at("/params/0").asText().equals("0x12b")));
        // More blocks behind than a reorganisation is followed.
        backup.intercept("eth_getBlockByNumber", (params, node) -> {
            if (number(params.get(0).asText()) <= 1) {
                return node.get();
            }
            ObjectNode answer = RpcProxy.result(null);
            if (params.get(0).asText().equals("latest")) {
                answer.set("result", ask("eth_getBlockByNumber", "0x1", false));
            }
            return answer;
        });
        rpc.goDown();
        org.awaitility.Awaitility.await().atMost(SOON).until(() -> !backup.calls("eth_getBlockByNumber")
                .isEmpty());
        rpc.recover();

        var next = submitUntilCreated(client, "30");
        org.awaitility.Awaitility.await().atMost(SOON).until(() -> minedAfterBlock() == 2);
        assertThat(get(next).state()).isEqualTo(TaskState.CREATED);
    }

    private long minedAfterBlock() {
        devnet.chain().mine();
        return minedTransactions();
    }

    private static long number(String block) {
        return block.startsWith("0x") ? Long.decode(block) : Long.MAX_VALUE;
    }
}

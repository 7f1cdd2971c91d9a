// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.JournalException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.task.TaskState;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.RpcProxy;
import io.crynux.testing.RpcProxy.Fault;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node without block 0 is as good as any; where block 0 is known, it still tells chains with the same id apart. */
@Tag("chain")
class PrunedNodesTest extends ChainTestSupport {
    private static final String OTHER_HASH = "0x" + "ab".repeat(32);
    private static CrynuxDevnet shared;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startNetwork() {
        shared = quick().start();
    }

    @AfterAll
    static void stopNetwork() {
        shared.close();
    }

    @BeforeEach
    void startProxy() {
        devnet = shared;
        rpc = proxyTo(devnet.rpcUrl());
    }

    private static Arguments answer(String name, int status, String body) {
        return Arguments.of(name, new Fault(status, Map.of(), body));
    }

    private static String result(String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}";
    }

    private static String errorOf1(int code, String message) {
        return RpcProxy.error(code, message).put("id", 1).toString();
    }

    static Stream<Arguments> answers() {
        String lowest = "height 0 is not available, lowest height is 29000001";
        return Stream.of(
                answer("null", 200, result("null")),
                answer("an error", 200, errorOf1(-32000, lowest)),
                answer(
                        "an error without an id",
                        200,
                        RpcProxy.error(-32001, "pruned history unavailable").toString()),
                answer("an error with HTTP 500", 500, errorOf1(-32603, lowest)),
                answer("another block", 200, result("{\"number\":\"0x1ba8141\",\"hash\":\"" + OTHER_HASH + "\"}")),
                answer("a hash of zeros", 200, result("{\"number\":\"0x0\",\"hash\":\"0x" + "0".repeat(64) + "\"}")),
                answer("a hash that is none", 200, result("{\"number\":\"0x0\",\"hash\":\"0x1234\"}")),
                answer("a block without a hash", 200, result("{\"number\":\"0x0\"}")),
                answer("a word", 200, result("\"none\"")),
                answer("HTTP 404", 404, "not found"),
                answer("HTTP 400 with a message", 400, "{\"message\":\"" + lowest + "\"}"),
                answer("nothing", 200, ""),
                answer("no JSON-RPC", 200, "{}"));
    }

    private static RpcProxy withBlock0(RpcProxy proxy, Fault answer) {
        return proxy.gate(request -> isForBlock0(request)
                ? new Fault(
                        answer.status(),
                        answer.headers(),
                        answer.body().replace("\"id\":1", "\"id\":" + request.path("id")))
                : null);
    }

    private static boolean isForBlock0(JsonNode request) {
        return request.path("method").asText().equals("eth_getBlockByNumber")
                && request.path("params").path(0).asText().equals("0x0");
    }

    private static RpcProxy pruned(RpcProxy proxy) {
        return withBlock0(proxy, new Fault(200, Map.of(), result("null")));
    }

    private static RpcProxy otherChain(RpcProxy proxy) {
        return withBlock0(
                proxy, new Fault(200, Map.of(), result("{\"number\":\"0x0\",\"hash\":\"" + OTHER_HASH + "\"}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void tasksArePaidWithoutBlock0(String name, Fault answer) throws Exception {
        // Block 0 is near enough to be read.
        devnet = closedLater(quick().start());
        rpc = proxyTo(devnet.rpcUrl());
        withBlock0(rpc, answer);

        assertThat(get(submitUntilCreated(open(builder()), "30")).state()).isEqualTo(TaskState.CREATED);
        assertThat(rpc.sentTransactions()).hasSize(1);
    }

    private void connectWithJournal(RpcProxy node) throws Exception {
        try (CrynuxClient client = builder()
                .rpcUrl(node.url())
                .journal(new FileTaskJournal(directory.toString()))
                .build()) {
            get(client.connect());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void aYoungChainIsFollowedFromTheFirstBlockThatTheNodeHas(int blocks) throws Exception {
        devnet = closedLater(still().start());
        for (int i = 0; i < blocks; i++) {
            devnet.chain().mine();
        }
        rpc = pruned(proxyTo(devnet.rpcUrl()));
        CrynuxClient client = open(builder());
        var pending = submitUntilCreated(client, "30");
        org.awaitility.Awaitility.await().atMost(SOON).until(() -> sent().size() == 1);
        devnet.chain().mine();

        assertThat(get(pending).state()).isEqualTo(TaskState.CREATED);
    }

    @Test
    void aJournalIsBelievedWhetherBlock0IsKnownOrNot() throws Exception {
        connectWithJournal(pruned(proxyTo(devnet.rpcUrl())));
        connectWithJournal(rpc);
        connectWithJournal(pruned(proxyTo(devnet.rpcUrl())));
        connectWithJournal(rpc);
    }

    @Test
    void aJournalOfAnotherBlock0IsRefusedAlsoAfterAPrunedNode() throws Exception {
        connectWithJournal(rpc);
        connectWithJournal(pruned(proxyTo(devnet.rpcUrl())));

        CrynuxClient client = open(builder()
                .rpcUrl(otherChain(proxyTo(devnet.rpcUrl())).url())
                .journal(new FileTaskJournal(directory.toString())));
        assertThat(failure(client.connect()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("genesis " + OTHER_HASH);
    }

    @Test
    void nodesWithDifferentBlocks0AreOfDifferentChains() throws Exception {
        RpcProxy other = otherChain(proxyTo(devnet.rpcUrl()));

        assertThat(failure(open(builder().rpcUrl(rpc.url() + "," + other.url())).connect()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining(other.url() + " is on chain 31337 (genesis " + OTHER_HASH + ")")
                .hasMessageContaining("but " + rpc.url() + " is on chain 31337 (genesis 0x")
                .hasMessageContaining("Correct the one that is wrong");
    }

    @Test
    void aPrunedNodeGoesWithAnyOther() throws Exception {
        RpcProxy pruned = pruned(proxyTo(devnet.rpcUrl()));
        CrynuxClient client = open(builder().rpcUrl(pruned.url() + "," + rpc.url()));
        get(client.connect());
        pruned.goDown();

        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);
    }

    @Test
    void aWalletHasOneLaneAlsoWhereOneClientDoesNotKnowBlock0() throws Exception {
        get(open(builder()).connect());

        CrynuxClient second =
                open(builder().rpcUrl(pruned(proxyTo(devnet.rpcUrl())).url()));
        assertThat(failure(second.connect()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("pays on this chain already");
    }

    @Test
    void aChainIdThatTheNodeDoesNotTellCanBeConfigured() throws Exception {
        rpc.intercept("eth_chainId", (params, node) -> RpcProxy.error(-32601, "the method eth_chainId does not exist"));

        assertThat(failure(open(builder()).connect()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("does not say which chain it is on")
                .hasMessageContaining("Set chainId");
        CrynuxClient told = open(builder().chainId(devnet.chainId()));
        assertThat(get(submitUntilCreated(told, "30")).state()).isEqualTo(TaskState.CREATED);
    }
}

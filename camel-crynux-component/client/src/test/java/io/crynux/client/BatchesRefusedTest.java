// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.task.TaskState;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.RpcProxy;
import io.crynux.testing.RpcProxy.Fault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A node that takes no JSON-RPC batches, or small ones only, is asked call by call, or by smaller batches. */
@Tag("chain")
class BatchesRefusedTest extends ChainTestSupport {
    private final Map<Integer, Integer> batches = new ConcurrentHashMap<>();

    private static Arguments refusal(String name, int status, String body) {
        return Arguments.of(name, new Fault(status, Map.of(), body));
    }

    private static String error(int code, String message) {
        return "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}}";
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("an error", 200, error(-32600, "batch requests are not supported")),
                refusal("HTTP 400 with a message", 400, "{\"message\":\"batch not allowed\"}"),
                refusal("an error without the word", 200, error(-32600, "Invalid request")),
                // jsonrpsee; other nodes have this code for rate limits.
                refusal("jsonrpsee's error", 200, error(-32005, "Batched requests are not supported by this server")),
                refusal("a list of one error without an id", 200, "[" + error(-32600, "batch too large") + "]"),
                refusal("a list of nothing", 200, "[]"),
                refusal("null", 200, "null"),
                refusal("nothing", 200, ""),
                refusal("a word", 200, "\"no\""),
                refusal("a page", 200, "<html>hello</html>"),
                refusal("HTTP 403", 403, "Forbidden"),
                refusal("HTTP 405", 405, ""),
                refusal("HTTP 413", 413, "<html>413 Request Entity Too Large</html>"),
                refusal("HTTP 415", 415, "{\"error\":\"Unsupported Media Type\"}"),
                refusal("HTTP 500 with text", 500, "json: cannot unmarshal array into Go value"),
                refusal("HTTP 501", 501, "Not Implemented"),
                refusal("a closed connection", 0, null));
    }

    private RpcProxy refusing(int most, Fault refusal) {
        return rpc.gate(request -> {
            if (!request.isArray()) {
                return null;
            }
            batches.merge(request.size(), 1, Integer::sum);
            return request.size() > most ? refusal : null;
        });
    }

    /** More blocks than one batch of headers has; for all, since it is not changed. */
    private static CrynuxDevnet longChain;

    @BeforeAll
    static void startChain() {
        longChain = quick().start();
        for (int i = 0; i < 60; i++) {
            longChain.chain().mine();
        }
    }

    @AfterAll
    static void stopChain() {
        longChain.close();
    }

    @BeforeEach
    void startProxy() {
        devnet = longChain;
        rpc = proxyTo(devnet.rpcUrl());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void callsAreMadeOneByOneThen(String name, Fault refusal) throws Exception {
        refusing(1, refusal);

        try (LoggedMessages logged = new LoggedMessages("io.crynux.client.internal.evm")) {
            CrynuxClient client = open(builder());
            assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);

            assertThat(logged.ofThreads("").stream().filter(text -> text.contains("no JSON-RPC batches")))
                    .singleElement()
                    .asString()
                    .contains("The node at " + rpc.url() + " takes no JSON-RPC batches (")
                    .contains("calls are made one by one");
        }
        assertThat(rpc.sentTransactions()).hasSize(1);
        // Once it is known, no batch is tried any more.
        assertThat(batches.values().stream().mapToInt(Integer::intValue).sum()).isLessThan(20);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void batchesGetSmallerThen(String name, Fault refusal) throws Exception {
        refusing(10, refusal);

        CrynuxClient client = open(builder());
        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);

        assertThat(rpc.sentTransactions()).hasSize(1);
        assertThat(batches.keySet()).anyMatch(size -> size > 1 && size <= 10);
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                refusal("geth", 200, "[" + error(-32600, "batch too large").replace("null", "4711") + "]"),
                refusal("erigon", 200, error(-32600, "batch limit 10 exceeded. Requested batch of size: 50")),
                refusal("nethermind", 200, error(-32005, "Batch size limit exceeded")),
                refusal("drpc", 500, error(31, "Batch of more than 10 requests are not allowed on free tier")),
                refusal("HTTP 413", 413, "Payload Too Large"));
    }

    @Test
    void whatTheNodeCutsOffTheEndOfABatchIsAskedForAgain() throws Exception {
        rpc.intercept("eth_getBlockByNumber", new RpcProxy.Intercept() {
            private final AtomicInteger left = new AtomicInteger(20);

            @Override
            public JsonNode answer(
                    JsonNode params, java.util.function.Supplier<com.fasterxml.jackson.databind.node.ObjectNode> node) {
                boolean fits = params.get(0).asText().equals("latest") || left.decrementAndGet() != 0;
                // geth, rpc/errors.go
                return fits ? node.get() : RpcProxy.error(-32003, "response too large");
            }
        });

        CrynuxClient client = open(builder());
        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);
    }

    @Test
    void aNodeThatIsDownIsNotTakenForOneWithoutBatches() throws Exception {
        try (LoggedMessages logged = new LoggedMessages("io.crynux.client.internal.evm")) {
            CrynuxClient client = open(builder());
            get(client.connect());
            rpc.fail(502, Map.of(), "<html>Bad gateway</html>");
            var pending = submitUntilCreated(client, "30");
            int asked = rpc.callCount();
            org.awaitility.Awaitility.await().atMost(SOON).until(() -> rpc.callCount() > asked + 2);
            rpc.recover();

            assertThat(get(pending).state()).isEqualTo(TaskState.CREATED);
            assertThat(logged.ofThreads("")).noneMatch(text -> text.contains("batches"));
        }
    }

    @Test
    void theOtherUrlIsAskedByBatchesAsBefore() throws Exception {
        refusing(1, new Fault(400, Map.of(), "no"));
        RpcProxy backup = proxyTo(devnet.rpcUrl());
        List<Integer> sizes = new java.util.concurrent.CopyOnWriteArrayList<>();
        backup.gate(request -> {
            sizes.add(request.isArray() ? request.size() : 1);
            return null;
        });
        CrynuxClient client = open(builder().rpcUrl(rpc.url() + "," + backup.url()));
        get(client.connect());
        rpc.goDown();

        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);
        assertThat(sizes).anyMatch(size -> size > 1);
    }
}

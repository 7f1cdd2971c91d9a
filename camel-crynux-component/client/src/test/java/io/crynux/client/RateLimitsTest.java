// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.task.TaskState;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.DevnetAccount;
import io.crynux.testing.RpcProxy;
import io.crynux.testing.RpcProxy.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A node that limits the rate, in whatever form, makes a task late and no more; it is paid once. Each case has a node and a wallet
 * of its own.
 */
@Tag("chain")
@Execution(ExecutionMode.CONCURRENT)
class RateLimitsTest extends ChainTestSupport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger WALLETS = new AtomicInteger(1);
    private static CrynuxDevnet shared;

    private final int wallet = WALLETS.getAndIncrement();

    @BeforeAll
    static void startNetwork() {
        shared = quick().accounts(40).start();
    }

    @AfterAll
    static void stopNetwork() {
        shared.close();
    }

    @Override
    DevnetAccount wallet() {
        return devnet.account(wallet);
    }

    @BeforeEach
    void startProxy() {
        devnet = shared;
        rpc = proxyTo(devnet.rpcUrl());
    }

    /** The wordings of ../shared/cases/09-rate-limits.json, with HTTP 200. */
    static Stream<Arguments> wordings() throws IOException {
        List<Arguments> wordings = new ArrayList<>();
        try (InputStream cases = RateLimitsTest.class.getResourceAsStream("/cases/09-rate-limits.json")) {
            for (JsonNode wording : JSON.readTree(cases).path("cases")) {
                // A wait of ten seconds is for RateLimitWordsTest.
                String message = wording.path("message").asText().replace("10s", "200ms");
                wordings.add(Arguments.of(error(wording.path("code").asInt(), message)));
            }
        }
        return wordings.stream();
    }

    private static ObjectNode error(int code, String message) {
        return RpcProxy.error(code, message);
    }

    /** The next requests are answered with that, each call of a batch, too. */
    private void answer(int requests, Function<JsonNode, Fault> answer) {
        AtomicInteger left = new AtomicInteger(requests);
        rpc.gate(request -> left.getAndDecrement() > 0 ? answer.apply(request) : null);
    }

    private static Fault inPlaceOfEach(JsonNode request, ObjectNode error) {
        if (!request.isArray()) {
            return new Fault(
                    200, Map.of(), error.deepCopy().set("id", request.get("id")).toString());
        }
        ArrayNode errors = JSON.createArrayNode();
        request.forEach(call -> errors.add(error.deepCopy().set("id", call.get("id"))));
        return new Fault(200, Map.of(), errors.toString());
    }

    private void assertPaidOnceInTheEnd(CrynuxClient client) throws Exception {
        long before = minedTransactions();
        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);
        assertThat(rpc.sentTransactions()).hasSize(1);
        assertThat(minedTransactions()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @MethodSource("wordings")
    void errorsOfProvidersAreWaitedFor(ObjectNode error) throws Exception {
        CrynuxClient client = open(builder());
        get(client.connect());
        answer(8, request -> inPlaceOfEach(request, error));

        assertPaidOnceInTheEnd(client);
    }

    static Stream<Arguments> replies() {
        return Stream.of(
                Arguments.of(429, Map.of(), "slow down"),
                Arguments.of(429, Map.of("Retry-After", "0"), ""),
                Arguments.of(
                        429, Map.of("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"), "<html>Too Many Requests</html>"),
                Arguments.of(503, Map.of("Retry-After", "0"), "busy"),
                Arguments.of(403, Map.of(), "<html>Rate limit exceeded</html>"),
                Arguments.of(403, Map.of(), "{\"message\":\"Limit Exceeded\"}"),
                Arguments.of(402, Map.of(), "{\"error\":\"quota exceeded\"}"),
                Arguments.of(200, Map.of(), "{\"message\":\"API rate limit exceeded\"}"),
                Arguments.of(200, Map.of(), "{\"error\":\"rate limited\",\"id\":null}"),
                Arguments.of(400, Map.of(), error(-32005, "limit exceeded").toString()),
                Arguments.of(500, Map.of(), error(-32000, "too many requests").toString()));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void httpAnswersAreWaitedFor(int status, Map<String, String> headers, String body) throws Exception {
        CrynuxClient client = open(builder());
        get(client.connect());
        answer(3, request -> new Fault(status, headers, body));

        assertPaidOnceInTheEnd(client);
    }

    @Test
    void oneCallOfABatchIsEnough() throws Exception {
        AtomicInteger left = new AtomicInteger(5);
        rpc.intercept(
                "eth_getBalance",
                (params, node) -> left.getAndDecrement() > 0 ? error(429, "compute units per second") : node.get());

        assertPaidOnceInTheEnd(open(builder()));
        assertThat(left).hasNonPositiveValue();
    }

    @Test
    void whereCallsCountBatchesGetSmaller() throws Exception {
        // Never more than two calls at once.
        rpc.gate(request -> request.isArray() && request.size() > 2
                ? new Fault(429, Map.of(), error(429, "too many requests").toString())
                : null);

        assertPaidOnceInTheEnd(open(builder()));
    }

    @Test
    void theSignedBytesAreSentAgain() throws Exception {
        CrynuxClient client = open(builder());
        get(client.connect());
        AtomicInteger left = new AtomicInteger(3);
        rpc.intercept(
                "eth_sendRawTransaction",
                (params, node) -> left.getAndDecrement() > 0 ? error(-32097, "limit exceeded") : node.get());

        assertPaidOnceInTheEnd(client);
    }

    @Test
    void whatALimitingNodePassedOnCannotBeRefusedAfterwards() throws Exception {
        CrynuxClient client = open(builder());
        get(client.connect());
        AtomicInteger sent = new AtomicInteger();
        rpc.intercept("eth_sendRawTransaction", (params, node) -> {
            if (sent.getAndIncrement() > 0) {
                return error(-32000, "insufficient funds");
            }
            assertThat(node.get()).isNotNull();
            return error(429, "too many requests");
        });

        assertPaidOnceInTheEnd(client);
    }

    @Test
    void otherUrlsAreUsedMeanwhile() throws Exception {
        RpcProxy limiting = proxyTo(devnet.rpcUrl()).fail(429, Map.of("Retry-After", "3600"), "");
        CrynuxClient client = open(builder().rpcUrl(limiting.url() + "," + rpc.url()));

        // At the start, and afterwards.
        get(client.connect());
        assertPaidOnceInTheEnd(client);
        assertThat(limiting.callCount()).isLessThan(4);
    }

    @Test
    void whoWaitsAtTheStartEndsWhenTheClientIsClosed() throws Exception {
        rpc.fail(429, Map.of("Retry-After", "30"), "");
        CrynuxClient client = open(builder());
        var connecting = client.connect();
        org.awaitility.Awaitility.await().atMost(SOON).until(() -> rpc.callCount() > 0);

        client.close();

        assertThat(failure(connecting)).isNotNull();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.fault;

import io.crynux.camel.CrynuxComponent;
import io.crynux.camel.CrynuxConstants;
import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.error.TransactionTimeoutException;
import io.crynux.client.settings.LogSource;
import io.crynux.devnet.Faults;
import io.crynux.devnet.fault.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** What goes wrong with the chain's JSON-RPC costs no second payment; what does not pass is told at the deadline. */
class RpcFaultsSeenFromARouteTest extends FaultsSeenFromARoute {
    private static final String NOT_PAID =
            "The deadline passed before the task was paid. Nothing was spent. The last try: ";
    private static final String GOES_ON =
            "task … (transaction …) did not end before the deadline; it was UPLOADED. The fee"
                    + " of 30 CNX was paid. The task goes on in the network and may still succeed, or be cancelled once the contract"
                    + " allows it";
    private static final String CANNOT_PAY =
            "gpt task … cannot be paid now, trying again until its deadline: The node at …" + " does not answer: ";
    private static final String CHECK_NODE = "see after the node, or give `rpcUrl` several";

    private static final String IN_NO_BLOCK =
            "The payment of the task (transaction …) is not in a block after 1 s. It may still"
                    + " be mined, and then costs 30 CNX; the client keeps watching it and sends it again.";

    static Stream<FaultCase> cases() {
        return Stream.of(outages(), silence(), rateLimits(), brokenAnswers(), payments(), logsAndReceipts())
                .flatMap(cases -> cases);
    }

    private static Stream<FaultCase> outages() {
        return Stream.of(
                FaultCase.of("rpc.down", "for a while, before the payment")
                        .when(route -> {
                            Fault down = route.faults().rpc().down();
                            CompletableFuture<Exchange> exchange = route.ask();
                            route.awaitTold("cannot be paid now");
                            down.end();
                            return FaultyRoute.end(exchange);
                        })
                        .answered()
                        .warned(CANNOT_PAY + "…"),
                FaultCase.of("rpc.down", "for a while, after the payment")
                        .when(route -> afterPayment(route, "20s", fault -> {
                            route.awaitTold("Cannot follow the chain");
                            fault.end();
                        }))
                        .answered()
                        .warned("Cannot follow the chain, trying again: …The node at … does not answer: …"),
                FaultCase.of("rpc.down", "for ever, before the payment")
                        .when(struckFor("1s", faults -> faults.rpc().down()))
                        .fails(TaskTimeoutException.class, NOT_PAID + "The node at … does not answer: …")
                        .warned(CANNOT_PAY + "…")
                        .todo(CHECK_NODE),
                FaultCase.of("rpc.down", "for ever, after the payment")
                        .when(route -> afterPayment(route, "2500ms", fault -> {}))
                        .fails(TaskTimeoutException.class, GOES_ON)
                        .warned("Cannot follow the chain, trying again: …The node at … does not answer: …")
                        .paid(1, "30")
                        .todo(CHECK_NODE),
                FaultCase.of("rpc.slow", "within `requestTimeout`")
                        .when(struck(faults -> faults.rpc().slow(Duration.ofMillis(50))))
                        .answered(),
                FaultCase.of("rpc.slow", "beyond `requestTimeout`, for ever")
                        .with(crynux -> crynux.setRequestTimeout(300))
                        .when(struckFor("1500ms", faults -> faults.rpc().slow(Duration.ofSeconds(5))))
                        .fails(
                                TaskTimeoutException.class,
                                NOT_PAID + "The node at … does not answer: no complete answer within 300 ms")
                        .todo(CHECK_NODE + ", or raise `requestTimeout`"));
    }

    private static Stream<FaultCase> silence() {
        return Stream.of(
                FaultCase.of("rpc.neverAnswer", "some requests")
                        .with(crynux -> crynux.setRequestTimeout(300))
                        .when(struck(faults -> faults.rpc().neverAnswer().times(2)))
                        .answered(),
                FaultCase.of("rpc.neverAnswer", "for ever")
                        .with(crynux -> crynux.setRequestTimeout(300))
                        .when(struckFor("1500ms", faults -> faults.rpc().neverAnswer()))
                        .fails(
                                TaskTimeoutException.class,
                                NOT_PAID + "The node at … does not answer: no complete answer within 300 ms")
                        .todo(CHECK_NODE),
                FaultCase.of("rpc.cutWebSockets", "after each second head, with a `ws://` URL")
                        .with(RpcFaultsSeenFromARouteTest::withWebSocket)
                        .when(struck(faults -> faults.rpc().cutWebSockets(2)))
                        .answered(),
                FaultCase.of("rpc.silentWebSockets", "always, with a `ws://` URL")
                        .with(RpcFaultsSeenFromARouteTest::withWebSocket)
                        .when(struck(faults -> faults.rpc().silentWebSockets()))
                        .answered()
                        .todo("nothing: the chain is polled as well"));
    }

    private static void withWebSocket(CrynuxComponent crynux) {
        String url = crynux.getRpcUrl();
        crynux.setRpcUrl(url + "," + url.replace("http:", "ws:"));
    }

    private static Stream<FaultCase> rateLimits() {
        return Stream.of(
                FaultCase.of("rpc.respond429", "once, without Retry-After")
                        .when(struck(faults -> faults.rpc().respond429().times(1)))
                        .answered(),
                FaultCase.of("rpc.respond429", "twice, with Retry-After")
                        .when(struck(faults ->
                                faults.rpc().respond429(Duration.ofSeconds(1)).times(2)))
                        .answered(),
                FaultCase.of("rpc.respond429", "for ever, with a long Retry-After")
                        .when(struckFor("1s", faults -> faults.rpc().respond429(Duration.ofHours(1))))
                        .fails(
                                TaskTimeoutException.class,
                                NOT_PAID + "The node at … does not answer: it limits the rate of requests (HTTP 429)")
                        .warned(CANNOT_PAY + "it limits the rate of requests (HTTP 429)")
                        .todo("use a node that allows more, or raise `pollInterval`"));
    }

    private static Stream<FaultCase> brokenAnswers() {
        return Stream.of(
                someAnswers(
                        "rpc.truncate", "some answers", faults -> faults.rpc().truncate()),
                someAnswers("rpc.respond", "some answers: HTML with 502", faults -> faults.rpc()
                        .respond(502)),
                someAnswers("rpc.respond", "some answers: HTML with 200", faults -> faults.rpc()
                        .respond(200)),
                someAnswers("rpc.respondBody", "some answers: empty", faults -> faults.rpc()
                        .respondBody("")),
                someAnswers("rpc.respondBody", "some answers: `{}`", faults -> faults.rpc()
                        .respondBody("{}")),
                someAnswers("rpc.respondBody", "some answers: half of an object", faults -> faults.rpc()
                        .respondBody("{\"jsonrpc\":\"2.0\",\"id\":1,\"res")),
                someAnswers(
                        "rpc.respondEndlessly",
                        "one answer",
                        faults -> faults.rpc().respondEndlessly(),
                        1),
                someAnswers(
                        "rpc.wrongIds", "some answers", faults -> faults.rpc().wrongIds()),
                someAnswers("rpc.respondResult", "some answers: null", faults -> faults.rpc()
                        .respondResult("eth_maxPriorityFeePerGas", "null")),
                FaultCase.of("rpc.wrongIds", "for ever")
                        .when(struckFor("1s", faults -> faults.rpc().wrongIds()))
                        .fails(
                                TaskTimeoutException.class,
                                NOT_PAID + "The node at … does not answer: it sent the answer to another request")
                        .todo("see after proxies and caches in front of the node"),
                FaultCase.of("rpc.respondResult", "for ever: a tip that is no number")
                        .when(struck(faults -> faults.rpc().respondResult("eth_maxPriorityFeePerGas", "\"cheap\"")))
                        .answered()
                        .warned("The node at … does not offer eth_maxPriorityFeePerGas (The node's answer to"
                                + " eth_maxPriorityFeePerGas makes no sense); eth_gasPrice less the base fee is used"
                                + " instead"),
                FaultCase.of("rpc.respondResult", "for ever: a nonce that is no number")
                        .when(struckFor(
                                "1s", faults -> faults.rpc().respondResult("eth_getTransactionCount", "\"next\"")))
                        .fails(TaskTimeoutException.class, NOT_PAID + "The node's answer to a batch makes no sense")
                        .todo("use another node"),
                FaultCase.of("rpc.respond", "for ever: HTML with 502")
                        .when(struckFor("1s", faults -> faults.rpc().respond(502)))
                        .fails(
                                TaskTimeoutException.class,
                                NOT_PAID + "The node at … does not answer: HTTP 502 without JSON")
                        .todo("correct `rpcUrl`; " + CHECK_NODE));
    }

    private static FaultCase someAnswers(String name, String circumstances, Function<Faults, Fault> fault) {
        return someAnswers(name, circumstances, fault, 3);
    }

    private static FaultCase someAnswers(String name, String circumstances, Function<Faults, Fault> fault, int times) {
        return FaultCase.of(name, circumstances)
                .when(struck(faults -> fault.apply(faults).times(times)))
                .answered();
    }

    private static Stream<FaultCase> payments() {
        return Stream.of(
                FaultCase.of("rpc.takeButFailSend", "always")
                        .when(struck(faults -> faults.rpc().takeButFailSend()))
                        .answered(),
                FaultCase.of("rpc.dropSent, dropNext", "once")
                        .with(crynux -> crynux.setReplaceAfter(500))
                        .when(route -> {
                            route.chain().dropNext(1);
                            return FaultyRoute.end(route.ask());
                        })
                        .answered()
                        .todo("nothing: it is sent again, and after `replaceAfter` at a higher price"),
                FaultCase.of("rpc.dropSent", "always")
                        .with(crynux -> crynux.setTransactionTimeout(1000))
                        .when(struck(faults -> faults.rpc().dropSent()))
                        .fails(
                                TransactionTimeoutException.class,
                                IN_NO_BLOCK + " Do not pay for the task again before its nonce is used")
                        .todo("ask another node for the transaction; raise the gas price"),
                FaultCase.of(
                                "rpc.takeButFailSend, rpc.respondResult",
                                "once, and eth_getTransactionByHash is null once")
                        .when(struck(faults -> {
                            faults.rpc().takeButFailSend().times(1);
                            faults.rpc()
                                    .respondResult("eth_getTransactionByHash", "null")
                                    .times(1);
                        }))
                        .answered(),
                FaultCase.of("rpc.respondError", "to eth_sendRawTransaction, once: the pool is full")
                        .when(struck(faults -> faults.rpc()
                                .respondError("eth_sendRawTransaction", -32000, "txpool is full")
                                .times(1)))
                        .answered()
                        .todo("nothing: it is sent again after a second"),
                FaultCase.of("rpc.respondError", "to eth_sendRawTransaction, always: the fee is too low")
                        .with(crynux -> crynux.setTransactionTimeout(1000))
                        .when(struck(faults ->
                                faults.rpc().respondError("eth_sendRawTransaction", -32000, "fee cap too low")))
                        .fails(
                                TransactionTimeoutException.class,
                                IN_NO_BLOCK
                                        + " Sending it failed with: fee cap too low. Do not pay for the task again before"
                                        + " its nonce is used")
                        .todo("what the node says; it may have the payment all the same"),
                FaultCase.of("rpc.respondError", "to eth_sendRawTransaction: a rule of the chain")
                        .when(struck(faults ->
                                faults.rpc().respondError("eth_sendRawTransaction", -32000, "exceeds block gas limit")))
                        .fails(
                                CrynuxException.class,
                                "The node refused the payment: exceeds block gas limit. Nothing was spent")
                        .todo("what the node says"),
                FaultCase.of("rpc.respondError", "to what a payment needs to know")
                        .when(struck(faults ->
                                faults.rpc().respondError("eth_getTransactionCount", -32000, "missing trie node")))
                        .fails(
                                CrynuxException.class,
                                "The task was not paid: eth_getTransactionCount failed: missing trie node (code -32000)."
                                        + " Nothing was spent")
                        .todo("what the node says; a redelivery pays once"),
                FaultCase.of("rpc.laggingReplica", "every other answer is 3 blocks behind")
                        .when(struck(faults -> faults.rpc().laggingReplica(3, 2)))
                        .answered());
    }

    private static Stream<FaultCase> logsAndReceipts() {
        return Stream.of(
                FaultCase.of("rpc.emptyLogs", "for a while")
                        .when(struck(faults -> faults.rpc().emptyLogs().during(Duration.ofSeconds(1))))
                        .answered(),
                FaultCase.of("rpc.emptyLogs", "for ever")
                        .when(struckFor("3s", faults -> faults.rpc().emptyLogs()))
                        .fails(TaskTimeoutException.class, GOES_ON)
                        .paid(1, "30")
                        .todo("use a node that serves eth_getLogs, or `logSource=receipts`"),
                FaultCase.of("rpc.emptyLogs", "for ever, with `logSource=receipts`")
                        .with(crynux -> crynux.setLogSource(LogSource.RECEIPTS))
                        .when(struck(faults -> faults.rpc().emptyLogs()))
                        .answered(),
                FaultCase.of("rpc.lateLogs", "always, by 3 blocks")
                        .when(struck(faults -> faults.rpc().lateLogs(3)))
                        .answered(),
                FaultCase.of("rpc.missingLogs", "every other log, for a while")
                        .when(struck(faults -> faults.rpc().missingLogs(2).during(Duration.ofSeconds(2))))
                        .answered(),
                FaultCase.of("rpc.missingLogs", "all, for ever")
                        .when(struckFor("3s", faults -> faults.rpc().missingLogs(1)))
                        .fails(TaskTimeoutException.class, GOES_ON)
                        .paid(1, "30")
                        .todo("use a node that serves eth_getLogs, or `logSource=receipts`"),
                FaultCase.of("rpc.nullReceipts", "always")
                        .when(struck(faults -> faults.rpc().nullReceipts()))
                        .answered(),
                FaultCase.of("rpc.nullReceipts, rpc.emptyLogs", "for ever")
                        .when(route -> {
                            route.faults().rpc().nullReceipts();
                            route.faults().rpc().emptyLogs();
                            return FaultyRoute.end(route.askWithin("2s"));
                        })
                        .fails(
                                TransactionTimeoutException.class,
                                "The payment of the task (transaction …) was not confirmed before the deadline. It"
                                        + " may still be mined, and then costs 30 CNX; do not pay for the task again before"
                                        + " its nonce is used")
                        .warned(
                                "Cannot follow the chain, trying again: …The node has the payment in a block, and no receipt"
                                        + " of it")
                        .paid(1, "30")
                        .todo("use a node that serves receipts and logs"));
    }

    /** The fault begins before the exchange comes. */
    private static FaultCase.Script struck(Consumer<Faults> fault) {
        return struckFor("20s", fault);
    }

    private static FaultCase.Script struckFor(String timeout, Consumer<Faults> fault) {
        return route -> {
            fault.accept(route.faults());
            return FaultyRoute.end(route.ask(Map.of(CrynuxConstants.TASK_TIMEOUT, timeout)));
        };
    }

    /** The RPC goes down while the task, which is paid, waits for a node; then it gets one. */
    private static Exchange afterPayment(FaultyRoute route, String timeout, Consumer<Fault> limit) throws Exception {
        Fault pause = route.faults().nodes().pause();
        CompletableFuture<Exchange> exchange = route.askWithin(timeout);
        route.awaitParameters();
        limit.accept(route.faults().rpc().down());
        pause.end();
        return FaultyRoute.end(exchange);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.fault;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.camel.CrynuxComponent;
import io.crynux.camel.CrynuxConstants;
import io.crynux.camel.QuickRelay;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.DevnetAccount;
import io.crynux.devnet.Faults;
import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.chain.ChainAccess.EventLog;
import io.crynux.devnet.contract.NodeStatus;
import io.crynux.testing.LoggedMessages;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.web3j.abi.EventEncoder;
import org.web3j.utils.Numeric;

/** A route with a wallet of its own on a devnet: asks, and tells what became of the wallet's money. */
final class FaultyRoute implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String TASK_PENDING =
            EventEncoder.buildEventSignature("TaskPending(uint256,uint256,address,bytes32,bytes32)");

    private final CrynuxDevnet devnet;
    private final DevnetAccount wallet;
    private final LoggedMessages logged;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final BigInteger balanceBefore;
    private BigInteger given = BigInteger.ZERO;

    FaultyRoute(CrynuxDevnet devnet, DevnetAccount wallet, LoggedMessages logged, Consumer<CrynuxComponent> options)
            throws Exception {
        this.devnet = devnet;
        this.wallet = wallet;
        this.logged = logged;
        balanceBefore = amount("eth_getBalance", "latest");
        CrynuxComponent crynux = new CrynuxComponent();
        crynux.setRpcUrl(devnet.rpcUrl());
        crynux.setContractAddress(devnet.contractAddress());
        crynux.setRelayUrl(devnet.relayUrl());
        crynux.setPrivateKey(wallet.privateKey());
        crynux.getConfiguration().setTaskFee("30");
        crynux.setPollInterval(30);
        QuickRelay.of(crynux);
        crynux.setFinality("2");
        crynux.setShutdownGrace(50);
        options.accept(crynux);
        context.disableJMX();
        context.addComponent("crynux", crynux);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:gpt").to("crynux:gpt?taskTimeout=20s");
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    /** What the log says of the route so far, at level WARN and above. */
    List<String> told() {
        // Camel's threads have the name of their context in theirs.
        return logged.ofThreads("(" + context.getName() + ")");
    }

    /** Until the log says something that contains that. */
    void awaitTold(String part) {
        await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> told().stream()
                .anyMatch(message -> message.contains(part)));
    }

    Faults faults() {
        return devnet.faults();
    }

    Chain chain() {
        return devnet.chain();
    }

    /** An exchange on its way. */
    CompletableFuture<Exchange> ask() {
        return ask(Map.of());
    }

    /** An exchange on its way, whose task must end in that time. */
    CompletableFuture<Exchange> askWithin(String timeout) {
        return ask(Map.of(CrynuxConstants.TASK_TIMEOUT, timeout));
    }

    CompletableFuture<Exchange> ask(Map<String, Object> headers) {
        return template.asyncSend("direct:gpt", exchange -> {
            exchange.getMessage().setBody("What is lichen?");
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    static Exchange end(CompletableFuture<Exchange> exchange) throws Exception {
        return exchange.get(SOON.toSeconds() * 2, TimeUnit.SECONDS);
    }

    /** Until the wallet has a task on the chain, whatever the RPC tells; its newest. */
    BigInteger awaitTask() {
        await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> !tasks().isEmpty());
        List<BigInteger> tasks = tasks();
        return tasks.get(tasks.size() - 1);
    }

    /** Until the Relay has the parameters of the wallet's task. */
    void awaitParameters() {
        awaitTask();
        await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> tasks().stream()
                .anyMatch(task -> devnet.relay().parameters(task).isPresent()));
    }

    /** Until a payment of the wallet waits for a block, or is in one. */
    void awaitPayment() {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(SOON)
                .until(() -> amount("eth_getTransactionCount", "pending").signum() > 0);
    }

    /** How many blocks from the newest on have to be taken back for the wallet's newest task to be gone. */
    int blocksSinceTask() {
        List<EventLog> tasks = taskLogs();
        return Math.toIntExact(
                chain().access().head().number() - tasks.get(tasks.size() - 1).blockNumber() + 1);
    }

    /** Until all nodes pause: none gets a task any more. */
    void awaitPausedNodes() {
        await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> devnet.nodes().stream()
                .allMatch(node -> chain().nodeStatus(node.address()) == NodeStatus.PAUSED));
    }

    /** Until all nodes have tasks, be they strangers'. */
    void awaitBusyNodes() {
        await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> devnet.nodes().stream()
                .allMatch(node -> chain().nodeStatus(node.address()) == NodeStatus.BUSY));
    }

    /** The route of another wallet, which no other case uses, on the same network. */
    FaultyRoute neighbour() throws Exception {
        List<DevnetAccount> accounts = devnet.accounts();
        DevnetAccount opposite = accounts.get(accounts.size() - 1 - accounts.indexOf(wallet));
        return new FaultyRoute(devnet, opposite, logged, component -> {});
    }

    /** Gives the wallet money, which does not count as its own. */
    void fund(int cnx) {
        BigInteger wei = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(cnx));
        BigInteger funded = amount("eth_getBalance", "latest").add(wei);
        chain().fund(wallet.address(), wei);
        given = given.add(wei);
        await().atMost(SOON).until(() -> amount("eth_getBalance", "latest").equals(funded));
    }

    /** The tasks that the wallet has created, in the order of the chain. */
    private List<BigInteger> tasks() {
        return taskLogs().stream()
                .map(log -> Numeric.toBigInt(log.data().substring(0, 66)))
                .toList();
    }

    private List<EventLog> taskLogs() {
        String creator = wallet.address().substring(2).toLowerCase(Locale.ROOT);
        return chain()
                .access()
                .logs(devnet.contractAddress(), 0, chain().access().head().number())
                .stream()
                .filter(log -> log.topics().get(0).equals(TASK_PENDING))
                .filter(log -> log.topics().get(1).endsWith(creator))
                .toList();
    }

    /** How many transactions of the wallet are in blocks. */
    int minedTransactions() {
        return amount("eth_getTransactionCount", "latest").intValueExact();
    }

    /** What the wallet has less than in the beginning, in wei. */
    BigInteger gone() {
        return balanceBefore.add(given).subtract(amount("eth_getBalance", "latest"));
    }

    private BigInteger amount(String method, String block) {
        String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[\"" + wallet.address()
                + "\",\"" + block + "\"]}";
        try {
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(devnet.rpcUrl()))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(request))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            return Numeric.decodeQuantity(
                    new ObjectMapper().readTree(answer.body()).get("result").textValue());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        context.close();
    }
}

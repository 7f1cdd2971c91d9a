// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs a {@link PastChain} in its own JVM. Prints its {@link NetworkAddress} as JSON, and runs until its standard input ends.
 */
@Command(name = "past-chain")
final class PastChainMain implements Callable<Integer> {
    private static final int CHAIN_ID = 1337;

    @Option(names = "--events", required = true)
    private int events;

    @Option(names = "--per-block", required = true)
    private int perBlock;

    @Option(names = "--grows")
    private boolean grows;

    /** Exits the JVM after the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new PastChainMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        PastChain chain = new PastChain(events, perBlock, grows);
        RoutingHandler routes = new RoutingHandler();
        routes.post("/", exchange -> exchange.getRequestReceiver()
                .receiveFullString((same, body) -> answer(same, chain.answer(Json.tree(body)))));
        routes.get(
                NetworkControl.PREFIX + "/counts",
                exchange -> answer(exchange, Json.line(Map.of("rpc", chain.calls(), "relay", Map.of()))));
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", routes)
                .setIoThreads(1)
                .build();
        server.start();
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        String url = "http://127.0.0.1:" + port;
        System.out.println(Json.line(new NetworkAddress(url, null, url, PastChain.CONTRACT, CHAIN_ID, null)));
        System.in.transferTo(OutputStream.nullOutputStream());
        server.stop();
        return CommandLine.ExitCode.OK;
    }

    private static void answer(HttpServerExchange exchange, String json) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(json);
    }
}

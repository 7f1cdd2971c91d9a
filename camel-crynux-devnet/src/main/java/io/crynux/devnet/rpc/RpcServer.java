// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import io.crynux.devnet.http.AllowedHosts;
import io.crynux.devnet.http.JsonContent;
import io.crynux.devnet.http.ListenAddress;
import io.crynux.devnet.ledger.Ledger;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the JSON-RPC of a ledger over HTTP and on the same port over WebSockets. */
public final class RpcServer implements AutoCloseable {
    /**
     * The largest request body in bytes: over HTTP a larger one is answered with status 413, over a WebSocket it ends the
     * connection with code 1009.
     */
    public static final int MAX_BODY_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);

    private final RpcDispatcher dispatcher;
    private final RpcFaults faults;
    private final WebSocketServer webSockets;
    private final HttpHandler handshake;
    private final Undertow server;
    private final String authority;

    private RpcServer(
            RpcDispatcher dispatcher,
            RpcFaults faults,
            WebSocketServer webSockets,
            ListenAddress address,
            AllowedHosts hosts) {
        this.dispatcher = dispatcher;
        this.faults = faults;
        this.webSockets = webSockets;
        this.handshake = Handlers.websocket(webSockets);
        this.server = Undertow.builder()
                .addHttpListener(address.port(), address.host())
                .setIoThreads(1)
                .setWorkerThreads(4)
                .setHandler(hosts.before(faults.before(this::handle)))
                .build();
        server.start();
        this.authority = address.authority(
                ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort());
    }

    /**
     * Starts to serve.
     *
     * @param address where to listen
     * @param hosts under which names it may be called, over HTTP and WebSockets
     * @param maxLogRange blocks that one eth_getLogs may span
     */
    public static RpcServer start(
            Ledger ledger, ListenAddress address, AllowedHosts hosts, ErrorDialect dialect, long maxLogRange) {
        Set<WebSocketSession> open = ConcurrentHashMap.newKeySet();
        RpcFaults faults = new RpcFaults(ledger, open);
        RpcDispatcher dispatcher = new RpcDispatcher(ledger, dialect.wording(), maxLogRange, faults);
        WebSocketServer webSockets = new WebSocketServer(dispatcher, faults.webSockets(), open);
        RpcServer server = new RpcServer(dispatcher, faults, webSockets, address, hosts);
        ledger.listen(webSockets);
        return server;
    }

    /** The URL to send requests to. */
    public String url() {
        return "http://" + authority;
    }

    /** The URL to open WebSockets at. */
    public String webSocketUrl() {
        return "ws://" + authority;
    }

    /** How many calls of each method were answered, those of a batch each; a snapshot. */
    public SortedMap<String, Long> counts() {
        return dispatcher.counts().snapshot();
    }

    /** What goes wrong with the answers, on demand. */
    public RpcFaults faults() {
        return faults;
    }

    private void handle(HttpServerExchange exchange) throws Exception {
        // Others offer to upgrade, too: the JDK's client to HTTP/2.
        if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst(Headers.UPGRADE))) {
            handshake.handleRequest(exchange);
            return;
        }
        if (!exchange.getRequestMethod().equals(Methods.POST)) {
            exchange.setStatusCode(StatusCodes.METHOD_NOT_ALLOWED);
            exchange.getResponseHeaders().put(Headers.ALLOW, Methods.POST_STRING);
            return;
        }
        exchange.getRequestReceiver().setMaxBufferSize(MAX_BODY_BYTES);
        // The body is read as it comes; only then a worker takes over, so that slow senders hold no thread.
        exchange.getRequestReceiver()
                .receiveFullBytes(
                        (received, body) -> received.dispatch(() -> answer(received, body)), (failed, error) -> {
                            LOG.debug("A request's body could not be read: {}", error.getMessage());
                            failed.setStatusCode(StatusCodes.REQUEST_ENTITY_TOO_LARGE);
                            send(failed, RpcDispatcher.error(RpcException.INVALID_REQUEST, "Request too large"));
                        });
    }

    private void answer(HttpServerExchange exchange, byte[] body) {
        if (!JsonContent.isIn(exchange)) {
            exchange.setStatusCode(StatusCodes.UNSUPPORTED_MEDIA_TYPE);
            send(exchange, RpcDispatcher.error(RpcException.INVALID_REQUEST, JsonContent.EXPECTED));
            return;
        }
        Runnable unreadable = () -> exchange.setStatusCode(StatusCodes.BAD_REQUEST);
        dispatcher.answer(body, Map.of(), unreadable).ifPresentOrElse(answer -> send(exchange, answer), () -> {
            exchange.setStatusCode(StatusCodes.NO_CONTENT);
            exchange.endExchange();
        });
    }

    private static void send(HttpServerExchange exchange, byte[] body) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }

    @Override
    public void close() {
        webSockets.close();
        server.stop();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.fault.FaultGroup;
import io.crynux.devnet.fault.HttpFaults;
import io.crynux.devnet.ledger.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.web3j.utils.Numeric;

/**
 * Faults of the chain's JSON-RPC. Faults of a method take effect once per call, also within a batch and over a WebSocket.
 * Faults of {@link HttpFaults} take effect once per HTTP request, including one that opens a WebSocket; open WebSockets are
 * not affected.
 */
public final class RpcFaults extends HttpFaults {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String SEND = "eth_sendRawTransaction";
    private static final String LOGS = "eth_getLogs";

    /** What becomes of a call, given the method that it is usually answered by. */
    private interface Spoiling {
        JsonNode call(RpcMethod usual, Params params);
    }

    private record CallEffect(String method, Spoiling spoiling) {}

    private record Replica(int blocks, int every, AtomicLong requests) {
        boolean itsTurn() {
            return requests.incrementAndGet() % every == 0;
        }
    }

    private final Ledger ledger;
    private final FaultGroup<CallEffect> calls;
    private final FaultGroup<Replica> replicas;
    private final FaultGroup<String> wrongIds;
    private final WebSocketFaults webSockets;

    /** @param open the WebSockets that are open, as they come and go */
    RpcFaults(Ledger ledger, Set<WebSocketSession> open) {
        this(ledger, open, Optional.empty());
    }

    private RpcFaults(Ledger ledger, Set<WebSocketSession> open, Optional<String> refusal) {
        super("rpc", refusal);
        this.ledger = ledger;
        this.calls = new FaultGroup<>(refusal);
        this.replicas = new FaultGroup<>(refusal);
        this.wrongIds = new FaultGroup<>(refusal);
        this.webSockets = new WebSocketFaults(open, refusal);
    }

    /** Faults of a JSON-RPC that the devnet does not serve: none can be switched on. */
    public static RpcFaults refused(String why) {
        return new RpcFaults(null, Set.of(), Optional.of(why));
    }

    /** Answers eth_getLogs with an empty list. */
    public Fault emptyLogs() {
        return add(LOGS + " empty", LOGS, (usual, params) -> JsonNodeFactory.instance.arrayNode());
    }

    /**
     * Omits the logs of the newest blocks from the answers of eth_getLogs, as a server does whose index lags behind its
     * chain.
     *
     * @param blocks number of blocks
     */
    public Fault lateLogs(int blocks) {
        return add(LOGS + " late by " + blocks + " blocks", LOGS, (usual, params) -> {
            long newest = ledger.head().number() - blocks;
            ArrayNode known = JsonNodeFactory.instance.arrayNode();
            for (JsonNode log : usual.call(params)) {
                if (Numeric.decodeQuantity(log.path("blockNumber").asText()).longValueExact() <= newest) {
                    known.add(log);
                }
            }
            return known;
        });
    }

    /**
     * Omits single logs from the answers of eth_getLogs, as a server does that has lost some.
     *
     * @param every 1 omits all logs, 2 every second one, and so on, counted per answer; at least 1
     */
    public Fault missingLogs(int every) {
        if (every < 1) {
            throw new IllegalArgumentException("every must be at least 1: " + every);
        }
        return add(LOGS + " without one log in " + every, LOGS, (usual, params) -> {
            JsonNode logs = usual.call(params);
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < logs.size(); i++) {
                if ((i + 1) % every != 0) {
                    kept.add(logs.get(i));
                }
            }
            return kept;
        });
    }

    /** Answers eth_getTransactionReceipt with null, even if there is a receipt. */
    public Fault nullReceipts() {
        String method = "eth_getTransactionReceipt";
        return add(method + " null", method, (usual, params) -> NullNode.instance);
    }

    /** Accepts transactions by eth_sendRawTransaction, but answers with an error. */
    public Fault takeButFailSend() {
        return add(SEND + " taken and answered with an error", SEND, (usual, params) -> {
            usual.call(params);
            throw RpcException.of(RpcException.SERVER_ERROR, "request timed out");
        });
    }

    /** Answers eth_sendRawTransaction with the hash of the transaction, and drops the transaction. */
    public Fault dropSent() {
        return add(
                SEND + " taken and dropped",
                SEND,
                (usual, params) -> new TextNode(ledger.examine(params.data(0)).hash()));
    }

    /** Answers a method with the given JSON-RPC error, with HTTP status 200. */
    public Fault respondError(String method, int code, String message) {
        return add(method + " answered with error " + code, method, (usual, params) -> {
            throw RpcException.of(code, message);
        });
    }

    /**
     * Answers a method with the given result, for example null, a value of the wrong type, or one from another chain.
     *
     * @param json the result as JSON text
     * @throws IllegalArgumentException if the text is not JSON
     */
    public Fault respondResult(String method, String json) {
        JsonNode result;
        try {
            result = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the result is not JSON: " + e.getOriginalMessage(), e);
        }
        if (result.isMissingNode()) {
            throw new IllegalArgumentException("the result is not JSON: it is empty");
        }
        return add(method + " answered with " + json, method, (usual, params) -> result);
    }

    /** Answers calls with wrong ids. Takes effect once per call. */
    public Fault wrongIds() {
        return wrongIds.add("rpc: wrong ids", "");
    }

    /**
     * Answers some requests from a state that lags behind, as happens where several servers share a URL. On a WebSocket each
     * message counts as a request; notifications are never late.
     *
     * @param blocks number of blocks by which that server lags behind
     * @param every 1 affects every request, 2 every second one, and so on
     */
    public Fault laggingReplica(int blocks, int every) {
        if (blocks < 0 || every < 1) {
            throw new IllegalArgumentException("blocks must not be negative, every at least 1");
        }
        return replicas.add(
                "rpc: one request in " + every + " is " + blocks + " blocks behind",
                new Replica(blocks, every, new AtomicLong()));
    }

    /**
     * Closes the WebSockets that are open now, without a close frame. The fault ends at once: new connections are served.
     * {@link Fault#hits} is the number of WebSockets that were open.
     */
    public Fault cutWebSockets() {
        return webSockets.cut();
    }

    /**
     * Closes each WebSocket, without a close frame, after a number of notifications from now on; the next notification is
     * lost, even between two of the same block. Takes effect once per connection, also on connections opened later.
     *
     * @param notifications number that a connection still gets, 0 or more
     */
    public Fault cutWebSockets(int notifications) {
        return webSockets.cut(notifications);
    }

    /**
     * Keeps WebSockets open but drops what is sent over them in both directions, pings included, as a router does that has
     * forgotten the connection. Takes effect once per message; dropped messages do not arrive later.
     */
    public Fault silentWebSockets() {
        return webSockets.silence();
    }

    WebSocketFaults webSockets() {
        return webSockets;
    }

    private Fault add(String name, String method, Spoiling spoiling) {
        return calls.add("rpc: " + name, new CallEffect(method, spoiling));
    }

    /** The method, with the faults that are on. */
    RpcMethod spoiled(String method, RpcMethod usual) {
        return calls.hit(effect -> effect.method().equals(method))
                .<RpcMethod>map(effect -> params -> effect.spoiling().call(usual, params))
                .orElse(usual);
    }

    /** Whether the next answer has the wrong id. */
    boolean wrongId() {
        return wrongIds.hit(any -> true).isPresent();
    }

    /** The number of blocks by which the answer to the next request lags; empty for none. */
    OptionalInt behind() {
        return replicas.hit(Replica::itsTurn).map(Replica::blocks).stream()
                .mapToInt(blocks -> blocks)
                .findFirst();
    }

    @Override
    public void clear() {
        super.clear();
        calls.clear();
        replicas.clear();
        wrongIds.clear();
        webSockets.clear();
    }

    @Override
    public List<Fault> on() {
        return Stream.of(super.on(), calls.on(), replicas.on(), wrongIds.on(), webSockets.on())
                .flatMap(List::stream)
                .toList();
    }
}

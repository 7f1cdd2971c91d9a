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
 * Faults of the chain's JSON-RPC. Those of single methods strike once a call of theirs, also within a batch and over a
 * WebSocket; those of {@link HttpFaults} once an HTTP request, such as the one that opens a WebSocket, but nothing that is open.
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

    /** Faults of a JSON-RPC that is not the devnet's; none can be switched on. */
    public static RpcFaults refused(String why) {
        return new RpcFaults(null, Set.of(), Optional.of(why));
    }

    /** Answers eth_getLogs with no logs, whatever there are. */
    public Fault emptyLogs() {
        return add(LOGS + " empty", LOGS, (usual, params) -> JsonNodeFactory.instance.arrayNode());
    }

    /**
     * Leaves the logs of the newest blocks out of the answers of eth_getLogs, as a server whose index is behind its chain.
     *
     * @param blocks how many blocks
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
     * Leaves single logs out of the answers of eth_getLogs, as a server does that has lost some.
     *
     * @param every 1 for all, 2 for every other, and so on, counted within an answer; at least 1
     */
    public Fault missingLogs(int every) {
        if (every < 1) {
            throw new IllegalArgumentException("every must be at least 1: " + every);
        }
        return add(LOGS + " without every " + every + ". log", LOGS, (usual, params) -> {
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

    /** Answers eth_getTransactionReceipt with null, whether there is a receipt or not. */
    public Fault nullReceipts() {
        String method = "eth_getTransactionReceipt";
        return add(method + " null", method, (usual, params) -> NullNode.instance);
    }

    /** Answers eth_sendRawTransaction with an error although the transaction is taken. */
    public Fault takeButFailSend() {
        return add(SEND + " taken and answered with an error", SEND, (usual, params) -> {
            usual.call(params);
            throw RpcException.of(RpcException.SERVER_ERROR, "request timed out");
        });
    }

    /** Takes transactions by eth_sendRawTransaction, answers with their hashes, and forgets them. */
    public Fault dropSent() {
        return add(
                SEND + " taken and dropped",
                SEND,
                (usual, params) -> new TextNode(ledger.examine(params.data(0)).hash()));
    }

    /** Answers a method with an error of its own, within an answer of status 200. */
    public Fault respondError(String method, int code, String message) {
        return add(method + " answered with error " + code, method, (usual, params) -> {
            throw RpcException.of(code, message);
        });
    }

    /**
     * Answers a method with a result of its own: null, one of the wrong type, one from another chain.
     *
     * @param json the result as JSON text
     * @throws IllegalArgumentException when the text is no JSON
     */
    public Fault respondResult(String method, String json) {
        JsonNode result;
        try {
            result = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the result is no JSON: " + e.getOriginalMessage(), e);
        }
        if (result.isMissingNode()) {
            throw new IllegalArgumentException("the result is no JSON: it is empty");
        }
        return add(method + " answered with " + json, method, (usual, params) -> result);
    }

    /** Answers calls with ids that are not theirs; strikes once a call. */
    public Fault wrongIds() {
        return wrongIds.add("rpc: wrong ids", "");
    }

    /**
     * Answers some requests from a server that is behind, as where several servers share a URL. Of a WebSocket's requests every
     * message counts as one; notifications are never late.
     *
     * @param blocks how many blocks that server does not know yet
     * @param every 1 for every request, 2 for every other, and so on
     */
    public Fault laggingReplica(int blocks, int every) {
        if (blocks < 0 || every < 1) {
            throw new IllegalArgumentException("blocks must not be negative, every at least 1");
        }
        return replicas.add(
                "rpc: every " + every + ". request " + blocks + " blocks behind",
                new Replica(blocks, every, new AtomicLong()));
    }

    /**
     * Breaks the WebSockets that are open now, without a close frame. It is over at once: who connects again is served;
     * {@link Fault#hits} tells how many were open.
     */
    public Fault cutWebSockets() {
        return webSockets.cut();
    }

    /**
     * Breaks a WebSocket, without a close frame, when it has been told so many notifications from now on: the next one is lost,
     * be it in the middle of a block's. Strikes once a connection, also those that are opened later.
     *
     * @param notifications that a connection still gets, 0 or more
     */
    public Fault cutWebSockets(int notifications) {
        return webSockets.cut(notifications);
    }

    /**
     * Keeps WebSockets open and loses what is sent over them in either direction, pings included, as where a router has
     * forgotten the connection. Strikes once a message; what is lost does not come later.
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

    /** The method as it is to be called now. */
    RpcMethod spoiled(String method, RpcMethod usual) {
        return calls.strike(effect -> effect.method().equals(method))
                .<RpcMethod>map(effect -> params -> effect.spoiling().call(usual, params))
                .orElse(usual);
    }

    /** Whether the next answer has the wrong id. */
    boolean wrongId() {
        return wrongIds.strike(any -> true).isPresent();
    }

    /** How many blocks behind the next request is to be answered; empty for none. */
    OptionalInt behind() {
        return replicas.strike(Replica::itsTurn).map(Replica::blocks).stream()
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

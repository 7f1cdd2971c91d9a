// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crynux.devnet.ledger.Ledger;
import io.crynux.devnet.ledger.TransactionRefusedException;
import io.crynux.devnet.ledger.UnknownStateException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers JSON-RPC 2.0 requests, single ones and batches; knows nothing of HTTP and WebSockets. */
final class RpcDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(RpcDispatcher.class);
    private static final int MAX_BATCH = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(100).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Ledger ledger;
    private final ErrorWording wording;
    private final long maxLogRange;
    private final RpcFaults faults;
    private final Map<String, RpcMethod> upToDate;
    private final MethodCounts counts = new MethodCounts();

    RpcDispatcher(Ledger ledger, ErrorWording wording, long maxLogRange, RpcFaults faults) {
        this.ledger = ledger;
        this.wording = wording;
        this.maxLogRange = maxLogRange;
        this.faults = faults;
        this.upToDate = methods(new LedgerView(ledger, 0));
    }

    private Map<String, RpcMethod> methods(LedgerView view) {
        Map<String, RpcMethod> methods = new HashMap<>();
        BlockSelector blocks = new BlockSelector(view);
        new NetworkMethods(view, blocks, wording).addTo(methods);
        new BlockMethods(view, blocks, maxLogRange).addTo(methods);
        new TransactionMethods(view, wording).addTo(methods);
        new AccountMethods(view, blocks, wording).addTo(methods);
        return methods;
    }

    /**
     * The body of the answer; none when there were only notifications.
     *
     * @param connected methods of the connection, in addition to those of every request
     * @param unreadable runs when the body is no JSON, or JSON that is too deep, which the answer says
     */
    Optional<byte[]> answer(byte[] body, Map<String, RpcMethod> connected, Runnable unreadable) {
        return answerTo(body, connected, unreadable).map(RpcDispatcher::bytes);
    }

    /** The calls answered so far, those of a batch each. */
    MethodCounts counts() {
        return counts;
    }

    static byte[] error(int code, String message) {
        return bytes(failure(NullNode.instance, RpcException.of(code, message)));
    }

    private Optional<JsonNode> answerTo(byte[] body, Map<String, RpcMethod> connected, Runnable unreadable) {
        JsonNode request;
        try {
            request = JSON.readTree(body);
        } catch (IOException e) {
            LOG.debug("A request body is not JSON: {}", e.getMessage());
            unreadable.run();
            return Optional.of(failure(NullNode.instance, RpcException.of(RpcException.PARSE_ERROR, "Parse error")));
        }
        OptionalInt behind = faults.behind();
        Map<String, RpcMethod> chain =
                behind.isPresent() ? methods(new LedgerView(ledger, behind.getAsInt())) : upToDate;
        Function<String, RpcMethod> methods = name -> chain.getOrDefault(name, connected.get(name));
        return request.isArray() ? batch(request, methods) : single(request, methods);
    }

    private Optional<JsonNode> batch(JsonNode requests, Function<String, RpcMethod> methods) {
        if (requests.isEmpty() || requests.size() > MAX_BATCH) {
            return Optional.of(invalidRequest(NullNode.instance));
        }
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        requests.forEach(request -> single(request, methods).ifPresent(answers::add));
        return answers.isEmpty() ? Optional.empty() : Optional.of(answers);
    }

    private Optional<JsonNode> single(JsonNode request, Function<String, RpcMethod> methods) {
        JsonNode id = request.path("id");
        JsonNode params = request.path("params");
        boolean wellFormed = request.isObject()
                && request.path("method").isTextual()
                && (params.isMissingNode() || params.isNull() || params.isContainerNode())
                && !id.isContainerNode()
                && !id.isBoolean();
        if (!wellFormed) {
            return Optional.of(invalidRequest(id.isContainerNode() ? NullNode.instance : id));
        }
        ObjectNode answer = call(id, methods, request.path("method").textValue(), params);
        if (faults.wrongId()) {
            // Of the same type as the right one, so that only who compares sees it.
            answer.set("id", id.isTextual() ? new TextNode(id.textValue() + "-other") : new LongNode(id.asLong() + 1));
        }
        return id.isMissingNode() ? Optional.empty() : Optional.of(answer);
    }

    private static JsonNode invalidRequest(JsonNode id) {
        return failure(id, RpcException.of(RpcException.INVALID_REQUEST, "Invalid request"));
    }

    private ObjectNode call(JsonNode id, Function<String, RpcMethod> methods, String method, JsonNode params) {
        try {
            RpcMethod known = methods.apply(method);
            counts.count(known == null ? MethodCounts.UNKNOWN : method);
            if (known == null) {
                throw wording.unknownMethod(method, params);
            }
            ObjectNode answer = envelope(id);
            answer.set("result", faults.spoiled(method, known).call(new Params(params)));
            return answer;
        } catch (RpcException e) {
            return failure(id, e);
        } catch (TransactionRefusedException e) {
            return failure(id, wording.refused(method, e));
        } catch (UnknownStateException e) {
            return failure(id, RpcException.of(RpcException.SERVER_ERROR, e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("The call of {} failed", method, e);
            return failure(id, RpcException.of(RpcException.INTERNAL_ERROR, "Internal error"));
        }
    }

    private static ObjectNode envelope(JsonNode id) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        answer.set("id", id.isMissingNode() ? NullNode.instance : id);
        return answer;
    }

    private static ObjectNode failure(JsonNode id, RpcException error) {
        ObjectNode answer = envelope(id);
        answer.set("error", error.error());
        return answer;
    }

    /** A tree as JSON text. */
    static byte[] bytes(JsonNode answer) {
        try {
            return JSON.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.protocol.relay.api.CallName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request to a real Relay, with its answer. */
public record Exchange(String recording, JsonNode json) {
    private static final Pattern TASK = Pattern.compile("/v1/inference_tasks/([^/]+)(/.*)?");

    public int number() {
        return json.path("n").asInt();
    }

    public String method() {
        return json.path("request").path("method").textValue();
    }

    public String path() {
        return json.path("request").path("path").textValue();
    }

    public JsonNode request() {
        return json.path("request");
    }

    public JsonNode signed() {
        return json.path("signed");
    }

    /** 0 without an answer. */
    public int status() {
        return json.path("response").path("status").asInt(0);
    }

    public JsonNode response() {
        return json.path("response");
    }

    public JsonNode data() {
        return response().path("body").path("data");
    }

    /** Seconds of the client's clock. */
    public double at() {
        return json.path("at").doubleValue();
    }

    /** What the path names; empty for another path. */
    public String commitment() {
        Matcher task = TASK.matcher(path());
        return task.matches() ? task.group(1) : "";
    }

    /** The call of the API that the request is; empty for requests that the client never sends. */
    public Optional<CallName> call() {
        String rest = method() + " " + path().replaceFirst("^/v1/inference_tasks/[^/]+", "/T");
        if (rest.equals("GET /T")) {
            return Optional.of(CallName.GET);
        }
        if (path().equals("/v1/inference_tasks/validate")) {
            return Optional.of(CallName.VALIDATE);
        }
        if (rest.equals("POST /T")) {
            return Optional.of(CallName.CREATE);
        }
        if (rest.equals("POST /T/abort_reason")) {
            return Optional.of(CallName.CANCEL);
        }
        if (rest.equals("GET /T/results/checkpoint")) {
            return Optional.of(CallName.CHECKPOINT);
        }
        if (rest.startsWith("GET /T/results/")) {
            return Optional.of(CallName.RESULT);
        }
        return other(method() + " " + path());
    }

    private static Optional<CallName> other(String call) {
        return switch (call) {
            case "GET /v1/events" -> Optional.of(CallName.EVENTS);
            case "GET /v1/events/current_id" -> Optional.of(CallName.CURRENT_EVENT);
            case "GET /v1/now" -> Optional.of(CallName.NOW);
            case "POST /v1/client/connect_wallet" -> Optional.of(CallName.LOGIN);
            case "GET /v1/stats/queue/count" -> Optional.of(CallName.QUEUE);
            case "GET /v1/network/nodes/number" -> Optional.of(CallName.NODE_NUMBER);
            case "GET /v1/network/nodes/data" -> Optional.of(CallName.NODES);
            case "GET /v2/loaded-models" -> Optional.of(CallName.MODELS);
            case "GET /v2/models/llm/execution-time", "GET /v2/models/sd/execution-time" ->
                Optional.of(CallName.EXECUTION_TIME);
            default -> ofAccount(call);
        };
    }

    private static Optional<CallName> ofAccount(String call) {
        if (call.matches("GET /v2/relay_account/[^/]+/balance")) {
            return Optional.of(CallName.BALANCE);
        }
        if (call.matches("GET /v1/relay_account/[^/]+/task_fee")) {
            return Optional.of(CallName.LEDGER);
        }
        return call.matches("GET /v1/node/[^/]+") ? Optional.of(CallName.NODE) : Optional.empty();
    }

    @Override
    public String toString() {
        return recording + " #" + number() + " " + method() + " " + path();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.fault;

import io.undertow.server.HttpServerExchange;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The calls of the Relay that a fault can be limited to. */
public enum RelayCall {
    /** Every call. */
    ANY(".*", ".*"),
    /** Creation of a task. */
    CREATE("POST", "/v1/inference_tasks/(?!validate$)[^/]+"),
    /** Reading a task. */
    GET("GET", "/v1/inference_tasks/[^/]+"),
    VALIDATE("POST", "/v1/inference_tasks/validate"),
    CANCEL("POST", "/v1/inference_tasks/[^/]+/abort_reason"),
    /** Download of a result file or a checkpoint. */
    RESULT("GET", "/v1/inference_tasks/[^/]+/(results/[^/]+|checkpoint)"),
    /** The event log, and its newest id. */
    EVENTS("GET", "/v1/events(/current_id)?"),
    BALANCE("GET", "/v2/relay_account/[^/]+/balance"),
    /** The list of payments and refunds. */
    LEDGER("GET", "/v1/relay_account/[^/]+/task_fee"),
    LOGIN("POST", "/v1/client/connect_wallet"),
    NOW("GET", "/v1/now"),
    /** The node of a task, by the task or by its address. */
    NODE("GET", "/v1/(node/[^/]+|inference_tasks/[^/]+/selected_node)");

    private final Pattern method;
    private final Pattern path;

    RelayCall(String method, String path) {
        this.method = Pattern.compile(method);
        this.path = Pattern.compile(path);
    }

    boolean is(HttpServerExchange exchange) {
        return method.matcher(exchange.getRequestMethod().toString()).matches()
                && path.matcher(exchange.getRequestPath()).matches();
    }

    /**
     * The call with that name, in any letter case.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static RelayCall named(String name) {
        return Arrays.stream(values())
                .filter(call -> call.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'call' must be one of " + Arrays.toString(values()).toLowerCase(Locale.ROOT)));
    }
}

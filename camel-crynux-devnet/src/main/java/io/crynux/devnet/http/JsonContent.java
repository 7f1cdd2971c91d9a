// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Locale;
import java.util.Set;

/** Whether a request says that its body is JSON. */
public final class JsonContent {
    /** The message for other content types, such as the form that curl's {@code -d} sends by default. */
    public static final String EXPECTED =
            "the body must be JSON, with the header Content-Type: application/json (curl: -H 'Content-Type: application/json')";

    /** The last two are those of JSON-RPC over HTTP; geth takes the same (rpc/http.go). */
    private static final Set<String> TYPES =
            Set.of("application/json", "application/json-rpc", "application/jsonrequest");

    private JsonContent() {}

    /** A web page of a stranger can post every type that is not JSON without being allowed to. */
    public static boolean isIn(HttpServerExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        return header != null && TYPES.contains(header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import io.crynux.devnet.relaynet.auth.RequestSignatures;
import io.crynux.devnet.relaynet.auth.WalletLogin;
import io.crynux.devnet.relaynet.engine.RelayRequests;
import io.undertow.server.HttpHandler;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.SortedMap;

/** All of the Relay's paths. */
public final class RelayHttp {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    private final RequestCounts counts = new RequestCounts();
    private final Router routes;

    /** @param clock of the Relay */
    public RelayHttp(RelayRequests requests, Clock clock, int maxBodyBytes) {
        var signatures = new RequestSignatures(clock);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.routes = new Router(counts, maxBodyBytes);
        new TaskEndpoints(requests, signatures).addTo(routes);
        new AccountEndpoints(requests, new WalletLogin(clock, secret, TOKEN_LIFETIME)).addTo(routes);
        new EventEndpoints(requests).addTo(routes);
        new NetworkEndpoints(requests, signatures, clock).addTo(routes);
    }

    public HttpHandler handler() {
        return routes;
    }

    /** Number of requests answered, by endpoint ("GET /v1/now") and HTTP status; a snapshot. */
    public SortedMap<String, SortedMap<Integer, Long>> requestCounts() {
        return counts.snapshot();
    }
}

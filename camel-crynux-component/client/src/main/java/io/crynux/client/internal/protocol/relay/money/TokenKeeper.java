// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.money;

import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import io.crynux.client.internal.protocol.relay.api.Token;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the token of a wallet's login, in memory only, and renews it before it expires. Logs in only where nobody can read the token:
 * over https, or on this machine. Thread-safe.
 */
final class TokenKeeper {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Duration RESERVE = Duration.ofMinutes(1);

    private final RelayApi api;
    private Token token;
    private CompletableFuture<Answer<Token>> login;

    TokenKeeper(RelayApi api) {
        this.api = api;
    }

    /** Whether a token may be sent to a Relay with that URL. */
    static boolean isSafe(URI relayUrl) {
        return "https".equalsIgnoreCase(relayUrl.getScheme()) || LOOPBACK.contains(relayUrl.getHost());
    }

    /** A valid token; concurrent calls share one login. */
    CompletableFuture<Answer<Token>> token() {
        CompletableFuture<Answer<Token>> mine = new CompletableFuture<>();
        synchronized (this) {
            if (token != null && isFresh(token)) {
                return CompletableFuture.completedFuture(new Answer.Done<>(token));
            }
            if (login != null) {
                return login;
            }
            login = mine;
        }
        api.login().whenComplete((answer, error) -> {
            synchronized (this) {
                login = null;
                token = error == null ? answer.value().orElse(null) : null;
            }
            if (error == null) {
                mine.complete(answer);
            } else {
                mine.completeExceptionally(error);
            }
        });
        return mine;
    }

    private boolean isFresh(Token known) {
        Instant now = api.clock().now();
        return now.plus(RESERVE).isBefore(known.expiresAt());
    }

    /** The Relay does not accept the token any more. */
    synchronized void forget(Token refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }
}

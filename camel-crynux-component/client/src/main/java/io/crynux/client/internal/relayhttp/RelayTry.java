// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.http.HttpReply;
import java.net.http.HttpRequest;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** A request of a call, which is signed and then sent; the same object may send another one. Thread-safe. */
final class RelayTry {
    private final RelayCall call;
    private boolean cancelled;
    private Future<?> running;

    RelayTry(RelayCall call) {
        this.call = call;
    }

    CompletableFuture<HttpReply> send() {
        CompletableFuture<HttpRequest> request = Futures.start(call::request);
        runs(request);
        return request.thenCompose(signed -> {
            CompletableFuture<HttpReply> reply = Futures.start(() -> call.send(signed));
            runs(reply);
            return reply.thenApply(this::unlessCancelled);
        });
    }

    /** Nobody reads a reply that came too late. */
    private synchronized HttpReply unlessCancelled(HttpReply reply) {
        if (cancelled) {
            reply.content().close();
            throw new CancellationException();
        }
        return reply;
    }

    private void runs(Future<?> next) {
        boolean late;
        synchronized (this) {
            running = next;
            late = cancelled;
        }
        if (late) {
            next.cancel(true);
        }
    }

    /** Ends what runs. */
    void cancel() {
        Future<?> last;
        synchronized (this) {
            cancelled = true;
            last = running;
        }
        if (last != null) {
            last.cancel(true);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.protocol.relay.limit.CallQueue;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.signing.RelayClock;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Runs calls, once: waits for its turn, signs, sends, and reads the answer. Only if the Relay does not accept the signature's time,
 * the Relay's time is read again and the call is repeated once, because nothing was done.
 *
 * <p>The future completes with an answer, whatever the Relay or the network does. It fails if the request cannot be signed, and
 * then nothing was sent, or by an error in the client.
 */
final class CallRunner {
    private final HttpTransport http;
    private final HttpTransport validations;
    private final CallQueue queue;
    private final RelayClock clock;

    /** @param validations connections for validations only, so that these never wait for another call */
    CallRunner(HttpTransport http, HttpTransport validations, CallQueue queue, RelayClock clock) {
        this.http = http;
        this.validations = validations;
        this.queue = queue;
        this.clock = clock;
    }

    <T> CompletableFuture<Answer<T>> run(RelayCall<T> call) {
        return queue.run(call.priority(), () -> once(call)).thenCompose(answer -> {
            if (!(answer.refusal().orElse(null) instanceof Refusal.WrongClock)) {
                return CompletableFuture.completedFuture(answer);
            }
            return clock.measure()
                    .handle((done, error) -> error)
                    .thenCompose(error -> error == null
                            ? queue.run(call.priority(), () -> once(call))
                            : CompletableFuture.completedFuture(answer));
        });
    }

    private <T> CompletableFuture<Answer<T>> once(RelayCall<T> call) {
        HttpTransport transport = call.priority() == Priority.VALIDATE ? validations : http;
        CompletableFuture<Answer<T>> answer = new CompletableFuture<>();
        CompletableFuture<HttpRequest> request = call.request();
        request.whenComplete((signed, error) -> {
            if (error != null) {
                answer.completeExceptionally(Futures.cause(error));
            } else {
                send(call, transport, signed, answer);
            }
        });
        return answer;
    }

    private <T> void send(
            RelayCall<T> call, HttpTransport transport, HttpRequest request, CompletableFuture<Answer<T>> answer) {
        CompletableFuture<HttpReply> sent = Futures.start(() -> call.send(transport, request));
        answer.whenComplete((done, error) -> {
            if (error != null) {
                sent.cancel(false);
            }
        });
        sent.whenComplete((reply, error) -> {
            try {
                if (error == null) {
                    answer.complete(read(call, reply));
                } else {
                    fail(error, answer);
                }
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
    }

    private <T> Answer<T> read(RelayCall<T> call, HttpReply reply) {
        reply.date().ifPresent(clock::onDate);
        if (!call.isValue(reply.status())) {
            return new Answer.Refused<>(AnswerReader.refusal(call.name(), reply, clock.now()));
        }
        try {
            return new Answer.Done<>(call.read(reply));
        } catch (IllegalArgumentException e) {
            return new Answer.Refused<>(
                    new Refusal.NotTheApi("HTTP " + reply.status() + ", but " + AnswerReader.shown(e.getMessage())));
        }
    }

    private static <T> void fail(Throwable error, CompletableFuture<Answer<T>> answer) {
        Throwable cause = Futures.cause(error);
        if (cause instanceof IOException) {
            answer.complete(new Answer.Refused<>(AnswerReader.refusal(cause)));
        } else if (cause instanceof CancellationException) {
            answer.cancel(false);
        } else {
            answer.completeExceptionally(cause);
        }
    }
}

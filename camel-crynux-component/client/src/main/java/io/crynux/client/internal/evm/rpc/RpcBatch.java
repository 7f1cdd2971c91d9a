// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.text.ForeignText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.Request;

/**
 * Several calls to one endpoint, as one request where the endpoint takes that. A batch that is refused goes in halves, down to
 * single calls: a node's words do not say reliably whether it takes no batches, or smaller ones. Used by one try after the other.
 */
final class RpcBatch {
    private static final Logger LOG = LoggerFactory.getLogger(RpcBatch.class);
    /** After so many rate limits, smaller batches go out: where calls count, a large one may never get through. */
    private static final int WHOLE_TRIES = 2;
    /** HTTP statuses that have nothing to do with the form of the request: credentials, and gateways without a node. */
    private static final Set<Integer> NOT_THE_FORM = Set.of(401, 407, 408, 502, 503, 504);

    /**
     * Words of nodes about batches: "batch too large", and "response too large" for the calls at its end (geth, rpc/errors.go);
     * "Batched requests are not supported by this server" (paritytech/jsonrpsee, with the code of rate limits, -32005);
     * "batch limit 100 exceeded" (erigon); "Batch size limit exceeded" (nethermind).
     */
    private static final Pattern REFUSAL = Pattern.compile("\\bbatch(?!.{0,12}rate)|response too large");

    private final RpcHttp http;
    private final List<Request<?, ?>> requests;
    private final Map<Long, JsonNode> answers = new HashMap<>();
    private RpcUrl asked;
    private int limits;

    RpcBatch(RpcHttp http, List<Request<?, ?>> requests) {
        this.http = http;
        this.requests = requests;
    }

    /** Whether a node's words, in lower case, say that a batch was refused, or a part of it. */
    static boolean isRefusal(String words) {
        return REFUSAL.matcher(words).find();
    }

    /** The answers in the order of the requests, each a result or an error. Fails as {@link RpcHttp#post}. */
    CompletableFuture<List<JsonNode>> ask(RpcUrl url) {
        if (url != asked) {
            // What belongs together is answered by one node.
            answers.clear();
            asked = url;
        }
        List<Request<?, ?>> left = requests.stream()
                .filter(request -> !answers.containsKey(request.getId()))
                .toList();
        int most = limits < WHOLE_TRIES
                ? requests.size()
                : Math.max(1, requests.size() >> Math.min(30, limits - WHOLE_TRIES + 1));
        return ask(url, left, most).handle((done, error) -> {
            if (error == null) {
                if (most < requests.size()) {
                    learn(url, most, "it limits the rate of larger ones");
                }
                return requests.stream()
                        .map(request -> answers.get(request.getId()))
                        .toList();
            }
            if (Futures.cause(error) instanceof RateLimitException) {
                limits++;
            }
            throw new CompletionException(Futures.cause(error));
        });
    }

    private CompletableFuture<Void> ask(RpcUrl url, List<Request<?, ?>> left, int most) {
        if (left.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        int size = Math.min(left.size(), Math.min(most, url.mostInBatch()));
        List<Request<?, ?>> piece = left.subList(0, size);
        return (size == 1 ? single(url, piece.get(0)) : together(url, piece))
                .thenCompose(done -> ask(url, left.subList(size, left.size()), most));
    }

    private CompletableFuture<Void> single(RpcUrl url, Request<?, ?> request) {
        return http.post(url, request, request.getMethod()).thenAccept(answer -> {
            if (!isAnswer(request, answer)) {
                throw anotherAnswer();
            }
            answers.put(request.getId(), answer);
        });
    }

    private CompletableFuture<Void> together(RpcUrl url, List<Request<?, ?>> piece) {
        return http.post(url, piece, null)
                .handle((answer, error) -> {
                    if (error != null) {
                        Throwable cause = Futures.cause(error);
                        return isAboutTheForm(cause)
                                ? inHalves(url, piece, cause.getMessage())
                                : CompletableFuture.<Void>failedFuture(cause);
                    }
                    return read(piece, answer)
                            .map(refusal -> inHalves(url, piece, refusal))
                            .orElseGet(() -> CompletableFuture.completedFuture(null));
                })
                .thenCompose(done -> done);
    }

    /** Whether it may be the batch that was not taken: a connection may be closed in place of an answer, or that be too long. */
    private static boolean isAboutTheForm(Throwable error) {
        if (error instanceof NoRpcAnswerException answer) {
            return !NOT_THE_FORM.contains(answer.status());
        }
        return error instanceof IOException
                && !(error instanceof ConnectException
                        || error instanceof HttpTimeoutException
                        || error instanceof RateLimitException);
    }

    private CompletableFuture<Void> inHalves(RpcUrl url, List<Request<?, ?>> piece, String words) {
        int half = (piece.size() + 1) / 2;
        // Only when that works it was the batch.
        return ask(url, piece, half).thenRun(() -> learn(url, half, words));
    }

    private static void learn(RpcUrl url, int most, String words) {
        if (url.takesBatchesOf(most)) {
            LOG.warn(
                    "The node at {} takes {} ({}); calls are made {}",
                    url.shown(),
                    most == 1 ? "no JSON-RPC batches" : "no JSON-RPC batches of more than " + most + " calls",
                    ForeignText.shown(words),
                    most == 1 ? "one by one" : "in smaller batches");
        }
    }

    /** Keeps the answers; or, where the batch or a part of it was refused, the node's words. */
    private Optional<String> read(List<Request<?, ?>> piece, JsonNode answer) {
        if (!answer.isArray()) {
            return Optional.of(RpcError.in(answer).map(RpcError::words).orElse("it sent one answer"));
        }
        Map<Long, JsonNode> found = new HashMap<>();
        Optional<String> refusal = Optional.empty();
        for (Request<?, ?> request : piece) {
            Optional<JsonNode> own = find(request, answer);
            own.ifPresent(it -> found.put(request.getId(), it));
            Optional<RpcError> error = own.flatMap(RpcError::in);
            error.flatMap(it -> RateLimitException.of(it, request.getMethod(), Optional.empty()))
                    .ifPresent(limit -> {
                        throw new CompletionException(limit);
                    });
            refusal = refusal.or(
                    () -> error.map(RpcError::words).filter(words -> isRefusal(words.toLowerCase(Locale.ROOT))));
        }
        if (refusal.isEmpty() && found.size() < piece.size()) {
            refusal = Optional.of(refusalOfAll(piece, answer));
        }
        if (refusal.isEmpty()) {
            answers.putAll(found);
        }
        return refusal;
    }

    /** Where answers are missing, an error that is no call's speaks for all; without one they belong to another batch. */
    private static String refusalOfAll(List<Request<?, ?>> piece, JsonNode answers) {
        for (JsonNode answer : answers) {
            boolean one = answers.size() == 1 || piece.stream().noneMatch(request -> hasId(answer, request.getId()));
            Optional<RpcError> error = RpcError.in(answer).filter(it -> one);
            if (error.isPresent()) {
                RateLimitException.of(error.get(), null, Optional.empty()).ifPresent(limit -> {
                    throw new CompletionException(limit);
                });
                return error.get().words();
            }
        }
        if (stream(answers).noneMatch(answer -> answer.hasNonNull("id"))) {
            return "it sent no answers";
        }
        throw anotherAnswer();
    }

    private static Stream<JsonNode> stream(JsonNode answers) {
        return StreamSupport.stream(answers.spliterator(), false);
    }

    private static Optional<JsonNode> find(Request<?, ?> request, JsonNode answers) {
        return stream(answers).filter(answer -> hasId(answer, request.getId())).findFirst();
    }

    /** An error may come without an id, from a node that could not read the request. */
    static boolean isAnswer(Request<?, ?> request, JsonNode answer) {
        return answer.isObject()
                && (hasId(answer, request.getId()) || (answer.hasNonNull("error") && !answer.hasNonNull("id")));
    }

    /** Caches and proxies mix answers up. */
    static CompletionException anotherAnswer() {
        return new CompletionException(new IOException("it sent the answer to another request"));
    }

    private static boolean hasId(JsonNode answer, long id) {
        JsonNode told = answer.path("id");
        return told.isIntegralNumber()
                ? told.canConvertToLong() && told.longValue() == id
                : told.isTextual() && told.textValue().equals(Long.toString(id));
    }
}

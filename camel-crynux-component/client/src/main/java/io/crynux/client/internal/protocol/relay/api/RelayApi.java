// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.protocol.relay.limit.CallQueue;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.signing.RelayClock;
import io.crynux.client.internal.protocol.relay.signing.RelaySigner;
import io.crynux.client.internal.protocol.relay.task.RelayEvent;
import io.crynux.client.internal.protocol.relay.task.RelayTask;
import io.crynux.client.internal.signing.CheckedSigner;
import io.crynux.client.task.Content;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The API of the Relay of today (relay protocol, section 4). Each method makes one call and completes with its answer, whatever the
 * Relay does; it does not retry. It fails with a {@link io.crynux.client.error.SignerException} if the call cannot be signed, and
 * then nothing was sent. Cancelling a future cancels its request.
 */
public final class RelayApi {
    private final CallRunner runner;
    private final RequestFactory requests;
    private final RelayClock clock;

    /** Connections, executors and limits that the caller owns. */
    public record Environment(
            HttpTransport http, HttpTransport validations, CallQueue queue, Clock wallClock, LongSupplier nanoTime) {}

    /**
     * @param address of the wallet, in any case; null for a client without a wallet
     * @param signer of the wallet; null for a client without a wallet, which can only make the public calls
     */
    public RelayApi(URI relayUrl, String address, CheckedSigner signer, Environment environment) {
        this.clock = new RelayClock(environment.wallClock(), environment.nanoTime(), this::relayTime);
        this.requests = new RequestFactory(relayUrl, signer == null ? null : new RelaySigner(address, signer, clock));
        this.runner = new CallRunner(environment.http(), environment.validations(), environment.queue(), clock);
    }

    private CompletableFuture<Instant> relayTime() {
        return now().thenApply(answer -> answer.value()
                .orElseThrow(() -> new CompletionException(new IOException("The Relay's time cannot be read: "
                        + answer.refusal().map(Refusal::text).orElse("")))));
    }

    /** The Relay's clock, as requests are signed. */
    public RelayClock clock() {
        return clock;
    }

    /** The wallet's address in EIP-55 form. */
    public String address() {
        return requests.signer().address();
    }

    /**
     * Creates a task.
     *
     * @param checkpoint input of fine-tuning, or null; not closed
     * @param priority CREATE for a first task, SIBLING for others of its group
     * @param beforeSending gets the time of each signature, by the Relay's clock. The request is sent when the stage is complete, so
     *     that a journal knows until when it may be accepted; if the stage fails, nothing is sent, and the future fails
     */
    public CompletableFuture<Answer<RelayTask>> create(
            CreateFields fields,
            Content checkpoint,
            Priority priority,
            Function<Instant, CompletionStage<Void>> beforeSending) {
        return runner.run(new CreateCall(requests, fields, checkpoint, priority, beforeSending));
    }

    /** @param priority SWEEP, or higher if another call waits for the answer */
    public CompletableFuture<Answer<RelayTask>> get(String commitment, Priority priority) {
        return runner.run(new GetCall(requests, commitment, priority));
    }

    /** The arguments of a task, as the Relay has rewritten them. */
    public CompletableFuture<Answer<String>> arguments(String commitment) {
        return runner.run(new ArgumentsCall(new GetCall(requests, commitment, Priority.SWEEP), commitment));
    }

    public CompletableFuture<Answer<Void>> cancel(String commitment) {
        return runner.run(new CancelCall(requests, commitment));
    }

    /**
     * Validates tasks.
     *
     * @param commitments one or three
     * @param proof for the seed of the first of them
     */
    public CompletableFuture<Answer<Void>> validate(
            String taskId, List<String> commitments, String proof, String publicKey) {
        return runner.run(new ValidateCall(requests, taskId, commitments, proof, publicKey));
    }

    /**
     * Downloads a file of a result; the caller closes the content.
     *
     * @param maxSize maximum size of the file, in bytes
     * @param spoolThreshold maximum size in memory, in bytes
     */
    public CompletableFuture<Answer<Content>> result(String commitment, int index, long maxSize, long spoolThreshold) {
        return new ResultDownloader(runner, maxSize, spoolThreshold)
                .download(target -> DownloadCall.result(requests, commitment, index, target));
    }

    /**
     * Downloads the checkpoint of fine-tuning; the caller closes the content. Only in state END_SUCCESS.
     *
     * @param maxSize maximum size of the file, in bytes
     * @param spoolThreshold maximum size in memory, in bytes
     */
    public CompletableFuture<Answer<Content>> checkpoint(String commitment, long maxSize, long spoolThreshold) {
        return new ResultDownloader(runner, maxSize, spoolThreshold)
                .download(target -> DownloadCall.checkpoint(requests, commitment, target));
    }

    /** Whether a text's file has the score of its task. */
    public static boolean hasScore(Content content, String score) {
        return ResultDownloader.hasScore(content, score);
    }

    /**
     * Reads events.
     *
     * @param start only rows with a greater id
     * @param commitment only rows of that task; empty for all
     */
    public CompletableFuture<Answer<List<RelayEvent>>> events(long start, int limit, String commitment) {
        return runner.run(new EventsCall(requests, start, limit, commitment));
    }

    public CompletableFuture<Answer<Long>> currentEvent() {
        return runner.run(new CurrentEventCall(requests));
    }

    public CompletableFuture<Answer<Instant>> now() {
        return Futures.start(() -> runner.run(new NowCall(requests)));
    }

    public CompletableFuture<Answer<BigInteger>> balance() {
        return runner.run(new BalanceCall(requests));
    }

    public CompletableFuture<Answer<Token>> login() {
        return runner.run(new LoginCall(requests));
    }

    /** @param page from 1 */
    public CompletableFuture<Answer<LedgerPage>> ledger(Token token, int page, int pageSize) {
        return runner.run(new LedgerCall(requests, token, page, pageSize));
    }

    public CompletableFuture<Answer<NodeInfo>> node(String address) {
        return runner.run(new NodeCall(requests, address));
    }

    /** @param start from 0 */
    public CompletableFuture<Answer<List<ListedNode>>> nodes(int start, int total) {
        return runner.run(new NodesCall(requests, start, total));
    }

    public CompletableFuture<Answer<NodeNumbers>> nodeNumbers() {
        return runner.run(new NodeNumberCall(requests));
    }

    public CompletableFuture<Answer<BigInteger>> queueLength() {
        return runner.run(new QueueCall(requests));
    }

    public CompletableFuture<Answer<List<LoadedModel>>> loadedModels() {
        return runner.run(new LoadedModelsCall(requests));
    }

    /** @param minVram in GB */
    public CompletableFuture<Answer<ExecutionTime.OfText>> textExecutionTime(String model, long minVram) {
        return runner.run(ExecutionTimeCall.ofText(requests, model, minVram));
    }

    /**
     * @param variant of the model, or empty
     * @param minVram in GB
     */
    public CompletableFuture<Answer<ExecutionTime.OfImage>> imageExecutionTime(
            String model, String variant, long minVram) {
        return runner.run(ExecutionTimeCall.ofImage(requests, model, variant, minVram));
    }
}

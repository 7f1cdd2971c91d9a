// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.async.Loop;
import io.crynux.client.internal.protocol.Attempt;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.internal.protocol.Protocol;
import io.crynux.client.internal.protocol.ProtocolContext;
import io.crynux.client.internal.protocol.TaskReports;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.life.Life;
import io.crynux.client.internal.protocol.relay.life.Terms;
import io.crynux.client.internal.protocol.relay.money.AccountBalance;
import io.crynux.client.internal.protocol.relay.news.NewsListener;
import io.crynux.client.internal.protocol.relay.news.NewsReader;
import io.crynux.client.internal.protocol.relay.task.RelayEvent;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.Content;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Today's network ({@code protocol=relay}): tasks are created, paid and validated at the Relay, whose event log reports how they
 * are.
 */
public final class RelayProtocol implements Protocol {
    private final RelayAccount account;
    private final RelayRules rules;
    private final RelayReports reports;
    private final RelayResults results;
    private final NewsReader news;
    private final TasksInTurn inTurn;
    private final SecureRandom random = new SecureRandom();
    private final MoneyAtRisk atRisk = new MoneyAtRisk();
    private ProtocolContext context;
    /** Null where nobody adopts tasks. */
    private LostTasks lost;

    /** By the commitment of each of their tasks; used on the loop only. */
    private final Map<String, RelayAttempt> attempts = new HashMap<>();

    /**
     * @param window how long the Relay waits for a validation (validationTimeout)
     * @param pollInterval between looks at the event log (eventPollInterval)
     */
    public RelayProtocol(
            RelayAccount account,
            Duration window,
            Duration pollInterval,
            Executor executor,
            ScheduledExecutorService scheduler) {
        this.account = account;
        this.rules = new RelayRules(account.api().address(), window);
        this.reports = new RelayReports(rules);
        this.results = new RelayResults(account.api(), scheduler, this::onDownloaded);
        this.inTurn = new TasksInTurn(pollInterval);
        this.news = new NewsReader(account.api(), pollInterval, new News(), executor, scheduler);
    }

    @Override
    public void open(ProtocolContext engine) {
        context = engine;
    }

    @Override
    public CompletableFuture<NetworkIdentity> connect() {
        return account.api()
                .clock()
                .measure()
                .handle((read, error) -> {
                    if (error != null) {
                        throw new NetworkException(
                                "The Relay at relayUrl does not answer: "
                                        + Futures.cause(error).getMessage()
                                        + ". Check relayUrl, and that the Relay is up",
                                Futures.cause(error));
                    }
                    return null;
                })
                .thenCompose(read -> account.balance().read())
                .thenApply(answer -> {
                    answer.refusal().ifPresent(refusal -> check(refusal));
                    return identity();
                });
    }

    /** A Relay that is only busy is no reason to stop a route. */
    private void check(Refusal refusal) {
        if (refusal instanceof Refusal.NotTheApi) {
            throw new NetworkException("relayUrl leads to no Relay of today's network (" + refusal.text()
                    + "): it has no Relay accounts. Check relayUrl; a Relay of the classic network needs protocol=chain, a"
                    + " Bridge protocol=bridge");
        }
        if (refusal instanceof Refusal.Stranger
                || refusal instanceof Refusal.Permanent
                || refusal instanceof Refusal.LoginNeeded) {
            throw new NetworkException("The Relay does not accept the signer's signature for " + rules.creator() + " ("
                    + refusal.text() + "). Check the signer");
        }
        if (refusal instanceof Refusal.WrongClock) {
            throw new NetworkException("The Relay does not accept the time of signatures (" + refusal.text()
                    + "), although its own time was read. Check the signer and the Relay");
        }
    }

    private NetworkIdentity identity() {
        URI url = account.url();
        String host = url.getScheme().toLowerCase(Locale.ROOT) + "://"
                + url.getHost().toLowerCase(Locale.ROOT) + (url.getPort() < 0 ? "" : ":" + url.getPort());
        return new NetworkIdentity("relay", host, null, "the Relay " + host);
    }

    @Override
    public String account() {
        return rules.creator().toLowerCase(Locale.ROOT);
    }

    @Override
    public Attempt begin(AttemptContext attempt) {
        return new RelayAttempt(this, attempt);
    }

    @Override
    public Attempt recover(AttemptContext attempt) {
        RelayAttempt known = new RelayAttempt(this, attempt);
        known.steps().run(known::recover);
        return known;
    }

    @Override
    public void recoverOwn(LaneRecord record) {
        throw new IllegalArgumentException("the Relay protocol has no records of its own");
    }

    /** Once the journal's tasks continue, those that it does not know are looked for and adopted. */
    public void adoptLostTasks(LostTasks.Adoption adoption) {
        lost = new LostTasks(account, new FoundTasks(this), adoption);
    }

    /** No new payment can get in the way of an earlier one, so none waits. */
    @Override
    public CompletableFuture<Void> catchUp() {
        if (lost != null) {
            lost.find();
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void discard() {
        // Each attempt is closed by the engine.
    }

    @Override
    public ProtocolData settled(ProtocolData data) {
        return RelayTexts.settled(data);
    }

    @Override
    public CompletableFuture<Content> download(TaskRecord record, int number) {
        return results.file(record, number);
    }

    @Override
    public TaskReports reports() {
        return reports;
    }

    RelayAccount relay() {
        return account;
    }

    RelayRules rules() {
        return rules;
    }

    ProtocolContext context() {
        return context;
    }

    Loop loop() {
        return context.loop();
    }

    SecureRandom random() {
        return random;
    }

    /** By the Relay's clock. */
    Instant now() {
        return account.api().clock().now();
    }

    /** What a request can cost: one in a hundred is computed by three nodes. */
    BigInteger mostWei(BigInteger feeWei) {
        return feeWei.multiply(AccountBalance.FEES_PER_REQUEST);
    }

    /** Counts what a request has cost. */
    void settled(TaskRecord record, RequestEnd end) {
        context.settle(record, end.spentWei());
        if (context.countsCosts() && end.spentWei().signum() > 0) {
            context.onCost(record.order().kind(), end.spentWei(), BigInteger.ZERO);
        }
    }

    Settlement settlement(TaskRecord record, RequestEnd end) {
        return new Settlement(
                context.now(), end.unknown() ? null : end.spentWei(), end.unknown() ? null : end.refundedWei());
    }

    Settlement nothingSpent() {
        return new Settlement(context.now(), BigInteger.ZERO, null);
    }

    /** The attempt receives the news of these tasks. */
    void remember(RelayAttempt attempt, List<String> commitments) {
        if (attempts.isEmpty()) {
            news.start();
        }
        commitments.forEach(commitment -> attempts.put(commitment, attempt));
        inTurn.remember(attempt);
    }

    void forget(RelayAttempt attempt) {
        attempts.values().removeIf(known -> known == attempt);
        inTurn.forget(attempt);
        if (attempts.isEmpty()) {
            inTurn.stop();
            news.stop();
        }
    }

    private void onDownloaded(String commitment) {
        loop().execute(() -> {
            RelayAttempt attempt = attempts.get(commitment);
            if (attempt != null) {
                attempt.steps().run(attempt::onDownloaded);
            }
        });
    }

    @Override
    public void disconnect() {
        news.stop();
    }

    /** The client stops before the request has ended. */
    void leave(Life life, Terms terms) {
        atRisk.add(life, terms);
    }

    @Override
    public void close() {
        news.stop();
        atRisk.report(rules.window());
    }

    /** Gives the news to the attempts. */
    private final class News implements NewsListener {

        @Override
        public void onEvent(RelayEvent event) {
            loop().execute(() -> {
                RelayAttempt attempt = attempts.get(event.commitment());
                if (attempt != null) {
                    attempt.steps().run(() -> attempt.heard(event));
                }
            });
        }

        @Override
        public void onDoubt() {
            loop().execute(() -> {
                inTurn.stop();
                new ArrayList<>(attempts.values())
                        .stream().distinct().forEach(attempt -> attempt.steps().run(attempt::doubted));
            });
        }

        @Override
        public void onNoEvents() {
            loop().execute(() -> {
                if (!attempts.isEmpty()) {
                    inTurn.start(loop());
                }
            });
        }
    }
}

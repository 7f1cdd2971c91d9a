// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.money;

import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.LedgerPage;
import io.crynux.client.internal.protocol.relay.api.LedgerPage.LedgerRecord;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import io.crynux.client.internal.protocol.relay.api.Token;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the wallet's ledger of payments and refunds, which proves what became of a fee (relay protocol, sections 4.6 and 7.1). One per
 * wallet: questions that come while it reads share the next reading. Thread-safe.
 */
public final class LedgerReader {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerReader.class);

    /** Rows are booked within 2 s; a missing one proves something after a minute only. */
    private static final Duration BOOKING = Duration.ofSeconds(60);
    /** Clocks and rows that are booked later than their time. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final int PAGE = 500;

    private final RelayApi api;
    private final boolean safe;
    private final TokenKeeper tokens;
    private List<LedgerQuestion> waiting = new ArrayList<>();
    private boolean reading;

    public LedgerReader(URI relayUrl, RelayApi api) {
        this.api = api;
        this.safe = TokenKeeper.isSafe(relayUrl);
        this.tokens = new TokenKeeper(api);
    }

    /**
     * What became of a task's fee. Never fails: without a ledger the answer is UNREADABLE.
     *
     * @param since when its creation was first sent; older records are not read
     * @param settledAt when its last record was due: its end, or the last time at which its creation could be accepted. What is
     *     missing within a minute of that proves nothing
     */
    public CompletableFuture<LedgerFate> fateOf(String commitment, Instant since, Instant settledAt) {
        if (!safe) {
            return CompletableFuture.completedFuture(LedgerFate.of(LedgerFate.State.UNREADABLE));
        }
        LedgerQuestion question = new LedgerQuestion(commitment, since.minus(MARGIN), settledAt.plus(BOOKING));
        synchronized (this) {
            waiting.add(question);
        }
        next();
        return question.answer();
    }

    /**
     * The tasks that were paid since a time, newest first: after the loss of a journal, each can be read, and its nonce gives the
     * ids back. Empty if the ledger cannot be read.
     */
    public CompletableFuture<Optional<List<String>>> paidSince(Instant since) {
        if (!safe) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return tokens.token()
                .thenCompose(token -> token.value().isPresent()
                        ? paid(token.value().get(), 1, since, new LinkedHashSet<>())
                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    private CompletableFuture<Optional<List<String>>> paid(
            Token token, int page, Instant since, Set<String> commitments) {
        return api.ledger(token, page, PAGE).thenCompose(answer -> {
            if (answer.value().isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            List<LedgerRecord> records = answer.value().get().records();
            records.stream()
                    .filter(record -> record.type() == LedgerPage.PAYMENT
                            && !record.commitment().isEmpty())
                    .filter(record -> !record.time().isBefore(since))
                    .forEach(record -> commitments.add(record.commitment()));
            boolean last = records.size() < PAGE
                    || records.stream().anyMatch(record -> record.time().isBefore(since.minus(MARGIN)));
            return last
                    ? CompletableFuture.completedFuture(Optional.of(List.copyOf(commitments)))
                    : paid(token, page + 1, since, commitments);
        });
    }

    private void next() {
        List<LedgerQuestion> questions;
        synchronized (this) {
            if (reading || waiting.isEmpty()) {
                return;
            }
            reading = true;
            questions = waiting;
            waiting = new ArrayList<>();
        }
        tokens.token().whenComplete((token, error) -> {
            if (error == null && token.value().isPresent()) {
                read(questions, token.value().get(), 1, api.clock().now(), true);
            } else {
                end(questions, "log in", error, error == null ? token.refusal().orElseThrow() : null);
            }
        });
    }

    /**
     * @param startedAt when the first page was asked for: later records may be missing
     * @param mayLogIn whether a refused token is renewed
     */
    private void read(List<LedgerQuestion> questions, Token token, int page, Instant startedAt, boolean mayLogIn) {
        api.ledger(token, page, PAGE).whenComplete((answer, error) -> {
            if (error != null) {
                end(questions, "read the ledger", error, null);
            } else if (answer.value().isPresent()) {
                onPage(questions, token, page, startedAt, answer.value().get());
            } else {
                refused(questions, token, answer, mayLogIn);
            }
        });
    }

    private void onPage(List<LedgerQuestion> questions, Token token, int page, Instant startedAt, LedgerPage records) {
        questions.forEach(question -> records.records().forEach(question::read));
        boolean last = records.records().size() < PAGE
                || questions.stream().allMatch(question -> records.records().stream()
                        .anyMatch(record -> record.time().isBefore(question.since())));
        if (last) {
            questions.forEach(question -> question.end(
                    startedAt.isBefore(question.settledAt())
                            ? LedgerFate.State.INCOMPLETE
                            : LedgerFate.State.COMPLETE));
            done();
        } else {
            read(questions, token, page + 1, startedAt, false);
        }
    }

    private void refused(List<LedgerQuestion> questions, Token token, Answer<LedgerPage> answer, boolean mayLogIn) {
        tokens.forget(token);
        if (mayLogIn && answer.refusal().orElseThrow() instanceof Refusal.LoginNeeded) {
            tokens.token().whenComplete((again, error) -> {
                if (error == null && again.value().isPresent()) {
                    read(questions, again.value().get(), 1, api.clock().now(), false);
                } else {
                    end(
                            questions,
                            "log in",
                            error,
                            error == null ? again.refusal().orElseThrow() : null);
                }
            });
            return;
        }
        end(questions, "read the ledger", null, answer.refusal().orElseThrow());
    }

    /** A refusal for good makes the ledger unreadable; everything else may be over when it is asked again. */
    private void end(List<LedgerQuestion> questions, String what, Throwable error, Refusal refusal) {
        LOG.debug("Cannot {} at the Relay: {}", what, refusal == null ? String.valueOf(error) : refusal.text());
        boolean forGood = refusal instanceof Refusal.Permanent || refusal instanceof Refusal.LoginNeeded;
        questions.forEach(
                question -> question.end(forGood ? LedgerFate.State.UNREADABLE : LedgerFate.State.INCOMPLETE));
        done();
    }

    private void done() {
        synchronized (this) {
            reading = false;
        }
        next();
    }
}

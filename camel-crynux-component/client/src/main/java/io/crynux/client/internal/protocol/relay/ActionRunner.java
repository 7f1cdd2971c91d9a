// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.CreateFields;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.ids.RequestIds;
import io.crynux.client.internal.protocol.relay.ids.Sampling;
import io.crynux.client.internal.protocol.relay.life.Action;
import io.crynux.client.internal.protocol.relay.life.Changes;
import io.crynux.client.internal.protocol.relay.life.Creations;
import io.crynux.client.internal.protocol.relay.life.Gpu;
import io.crynux.client.internal.protocol.relay.life.LedgerAnswer;
import io.crynux.client.internal.protocol.relay.life.Life;
import io.crynux.client.internal.protocol.relay.life.Member;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.money.LedgerFate;
import io.crynux.client.internal.protocol.relay.terms.RelayTerms;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.task.TaskKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.web3j.utils.Numeric;

/** Carries out what the rules decide for one request, once its ids are known. */
final class ActionRunner {

    /** Makes durable that an action is about to be sent. */
    interface Commit {

        /**
         * Called on any thread, before each sending.
         *
         * @param at by the Relay's clock
         * @return fails if the action must not be sent
         */
        CompletionStage<Void> before(Action action, Instant at);
    }

    /** The Relay accepts a signature for a minute (relay protocol, section 2). */
    private static final Duration SIGNATURE_LIFE = Duration.ofSeconds(60);

    private final RelayAccount account;
    private final RequestIds ids;
    private final TaskOrder order;
    private final Commit commit;

    ActionRunner(RelayAccount account, RequestIds ids, TaskOrder order, Commit commit) {
        this.account = account;
        this.ids = ids;
        this.order = order;
        this.commit = commit;
    }

    /** Fails if the action could not be signed or committed; then nothing was sent. */
    CompletableFuture<ActionResult> run(Action action, Life life) {
        if (action instanceof Action.Create create) {
            return create(create, life);
        }
        if (action instanceof Action.Look look) {
            return look(look, life.member(look.member()));
        }
        if (action instanceof Action.Decide decide) {
            return sampling(life.member(decide.member()))
                    .thenApply(sampling ->
                            ActionResult.of(now -> Changes.decided(now, decide.member(), sampling.selected())));
        }
        if (action instanceof Action.ReadNode read) {
            return account.api()
                    .node(read.address())
                    .thenApply(answer -> ActionResult.of(now -> Changes.nodeRead(now, answer, now())));
        }
        if (action instanceof Action.Cancel cancel) {
            return cancel(cancel, life.member(cancel.member()));
        }
        if (action instanceof Action.Validate validate) {
            return validate(validate, life);
        }
        if (action instanceof Action.AskLedger ask) {
            return askLedger(ask, life.member(ask.member()));
        }
        throw new IllegalArgumentException("a download is not an action of this class");
    }

    private CompletableFuture<ActionResult> create(Action.Create create, Life life) {
        int index = create.member();
        Priority priority = create.isFirstCharge() ? Priority.CREATE : Priority.SIBLING;
        return account.api()
                .create(fields(index, life), null, priority, at -> commit.before(create, at))
                .thenApply(answer -> new ActionResult(
                        now -> Creations.answered(now, index, answer, now()),
                        answer.refusal().orElse(null)));
    }

    private CreateFields fields(int index, Life life) {
        RelayTerms wanted = RelayTexts.terms(order.terms());
        Gpu gpu = new Gpu(wanted.gpu(), wanted.gpuVram());
        if (Life.isRescuer(index)) {
            gpu = Gpu.NONE_HAS;
        } else if (index > 0 && order.kind() == TaskKind.GPT) {
            gpu = life.gpu();
        }
        return new CreateFields(
                ids.commitment(index),
                ids.nonce(index),
                order.parametersJson(),
                order.kind().code(),
                wanted.models(),
                wanted.minVram(),
                gpu.name(),
                gpu.vram(),
                wanted.version(),
                (int) wanted.size(),
                order.feeWei(),
                wanted.timeoutSeconds());
    }

    private CompletableFuture<ActionResult> look(Action.Look look, Member member) {
        Instant sentAt = now();
        return account.api()
                .get(member.commitment(), Priority.SWEEP)
                .thenApply(answer -> ActionResult.of(now -> Changes.looked(now, look.member(), answer, sentAt, now())));
    }

    private CompletableFuture<ActionResult> cancel(Action.Cancel cancel, Member member) {
        return commit.before(cancel, now())
                .toCompletableFuture()
                .thenCompose(durable -> account.api().cancel(member.commitment()))
                .thenApply(answer -> ActionResult.of(now -> Changes.cancelAnswered(now, cancel.member(), answer)));
    }

    private CompletableFuture<ActionResult> validate(Action.Validate validate, Life life) {
        List<String> commitments = validate.members().stream()
                .map(index -> life.member(index).commitment())
                .toList();
        return sampling(life.member(validate.proofOf()))
                .thenCompose(sampling -> commit.before(validate, now())
                        .toCompletableFuture()
                        .thenCompose(durable -> account.api()
                                .validate(
                                        ids.taskId(),
                                        commitments,
                                        sampling.proof(),
                                        Numeric.toHexString(account.prover().publicKey()))))
                .thenApply(answer -> ActionResult.of(now -> Changes.validateAnswered(now, validate, answer, now())));
    }

    private CompletableFuture<Sampling> sampling(Member member) {
        return Sampling.of(member.seed(), account.prover());
    }

    private CompletableFuture<ActionResult> askLedger(Action.AskLedger ask, Member member) {
        Instant last = member.create().lastAt().plus(SIGNATURE_LIFE);
        return account.ledger()
                .fateOf(member.commitment(), member.create().firstAt(), last)
                .thenApply(fate ->
                        ActionResult.of(now -> Creations.ledgerAnswered(now, ask.member(), answer(fate), now())));
    }

    private static LedgerAnswer answer(LedgerFate fate) {
        if (fate.isPaid()) {
            return LedgerAnswer.PAID;
        }
        return switch (fate.state()) {
            case COMPLETE -> LedgerAnswer.NOTHING;
            case INCOMPLETE -> LedgerAnswer.NOT_YET;
            case UNREADABLE -> LedgerAnswer.UNREADABLE;
        };
    }

    /** What is known when no answer can be expected any more, although something may have been sent. */
    UnaryOperator<Life> lost(Action action) {
        return life -> {
            if (action instanceof Action.Create create) {
                return Creations.answered(life, create.member(), noAnswer(), now());
            }
            if (action instanceof Action.Cancel cancel) {
                return Changes.cancelAnswered(life, cancel.member(), noAnswer());
            }
            return action instanceof Action.Validate validate
                    ? Changes.validateAnswered(life, validate, noAnswer(), now())
                    : life;
        };
    }

    private static <T> Answer<T> noAnswer() {
        return new Answer.Refused<>(new Refusal.NoAnswer("the call failed in this client"));
    }

    private Instant now() {
        return account.api().clock().now();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.CallName;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import io.crynux.client.internal.protocol.relay.ids.Sampling;
import io.crynux.client.internal.protocol.relay.replay.Exchange;
import io.crynux.client.internal.protocol.relay.replay.RecordedCalls;
import io.crynux.client.internal.protocol.relay.replay.RecordedRelay;
import io.crynux.client.internal.protocol.relay.replay.ReplayClient;
import io.crynux.client.internal.protocol.relay.replay.ReplayServer;
import io.crynux.client.internal.signing.CheckedProver;
import io.crynux.client.task.Content;
import io.crynux.client.task.TaskKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers of each request that was recorded with a real Relay lead to its recorded end and cost, also if each step crashes. */
class RecordedLivesTest {
    private static final int WHOLE = 100;
    private static final String OTHERS = "{never created=95, not seen to its end=97}";

    private static ReplayServer server;
    private static ReplayClient client;

    @BeforeAll
    static void start() {
        server = new ReplayServer();
        client = new ReplayClient(server.url());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    static List<RecordedLife> all() throws IOException {
        return RecordedRelay.names()
                .map(RecordedRelay::of)
                .flatMap(recording -> RecordedLife.of(recording).stream())
                .toList();
    }

    static Stream<RecordedLife> whole() throws IOException {
        return all().stream().filter(life -> life.flaw().isEmpty());
    }

    /** What does not replay, and why: not a whole life of one request. */
    @Test
    void allOthersAreNoWholeLives() throws IOException {
        Map<String, Long> flaws = all().stream()
                .flatMap(life -> life.flaw().stream())
                .collect(Collectors.groupingBy(flaw -> flaw, TreeMap::new, Collectors.counting()));

        assertThat(whole().count()).isEqualTo(WHOLE);
        assertThat(flaws.toString()).isEqualTo(OTHERS);
    }

    @ParameterizedTest
    @MethodSource("whole")
    void reachesTheRecordedEnd(RecordedLife recorded) {
        Replay replay = new Replay(recorded, false);
        replay.run();

        assertThat(replay.states()).isEqualTo(recorded.lastStates());
        assertThat(Outcome.of(replay.life, replay.terms).isSettled()).isTrue();
        assertThat(Planner.plan(replay.life, replay.terms, replay.now).actions())
                .as("nothing is left to do but a download")
                .allMatch(action -> action instanceof Action.Download);
    }

    @ParameterizedTest
    @MethodSource("whole")
    void reachesTheSameEndIfEachStepCrashes(RecordedLife recorded) {
        Replay replay = new Replay(recorded, false);
        replay.run();
        Replay crashing = new Replay(recorded, true);
        crashing.run();

        assertThat(crashing.states()).isEqualTo(replay.states());
        assertThat(Outcome.of(crashing.life, crashing.terms)).isEqualTo(Outcome.of(replay.life, replay.terms));
    }

    /**
     * Without validations that the rules do not allow: a member of a complete group alone, a score that is given up, and wrong ones
     * of all kinds.
     */
    static Stream<RecordedLife> wholeByTheRules() throws IOException {
        return whole().filter(life -> !life.toString().matches("(32|45|66c)-.*"));
    }

    @ParameterizedTest
    @MethodSource("wholeByTheRules")
    void eachAcceptedValidationIsPlanned(RecordedLife recorded) {
        Replay replay = new Replay(recorded, false);
        replay.run();

        assertThat(replay.unplanned).isEmpty();
    }

    /** The fee of each request whose recording reads the balance, by differences. */
    @ParameterizedTest
    @MethodSource("withBalances")
    void costsWhatTheBalanceShows(RecordedLife recorded) {
        Replay replay = new Replay(recorded, false);
        replay.run();

        assertThat(Outcome.of(replay.life, replay.terms).money().spentWei())
                .isEqualTo(recorded.spentByBalances().orElseThrow());
    }

    static Stream<RecordedLife> withBalances() throws IOException {
        return whole().filter(life -> life.spentByBalances().isPresent());
    }

    /** Payments and refunds as the Relay's ledger lists them at the end of a recording. */
    @ParameterizedTest
    @MethodSource("withLedger")
    void isChargedAsTheLedgerSays(RecordedLife recorded) {
        Replay replay = new Replay(recorded, false);
        replay.run();

        Map<String, List<Integer>> ledger = recorded.ledger();
        for (Member member : replay.life.members()) {
            // Payments of first members are among the rows that the recording leaves out.
            assertThat(ledger.getOrDefault(member.commitment(), List.of()).contains(5))
                    .as(member.toString())
                    .isEqualTo(Charge.of(member) == Charge.REFUNDED);
        }
    }

    static Stream<RecordedLife> withLedger() throws IOException {
        return whole().filter(life ->
                life.toString().startsWith("62-") && !life.ledger().isEmpty());
    }

    private static final class Replay {
        private final RecordedLife recorded;
        private final boolean crashing;
        private final RelayApi api;
        private final CheckedProver prover;
        private final Terms terms;
        private final List<String> unplanned = new ArrayList<>();
        private Life life;
        private Instant now;

        Replay(RecordedLife recorded, boolean crashing) {
            this.recorded = recorded;
            this.crashing = crashing;
            String key = recorded.recording().key("creator");
            this.api = client.api(key);
            this.prover = client.prover(key);
            this.terms = new Terms(
                    TaskKind.ofCode(recorded.fields().path("task_type").asInt()).orElseThrow(),
                    recorded.fee(),
                    Duration.ofSeconds(recorded.recording().config("app_validation_timeout_seconds")),
                    Duration.ofSeconds(recorded.fields().path("timeout").asInt()));
            this.life = Life.prepared(api.address(), "0x" + "11".repeat(32), recorded.commitments());
        }

        void run() {
            for (Exchange exchange : recorded.exchanges()) {
                now = Instant.ofEpochMilli((long) (exchange.at() * 1000));
                exchange.call().ifPresent(call -> step(call, exchange));
                decide();
                if (crashing) {
                    life = LifeCodec.read(LifeCodec.write(life));
                }
            }
        }

        private void step(CallName call, Exchange exchange) {
            if (call == CallName.VALIDATE) {
                recorded.action(exchange).ifPresent(action -> validate(action, exchange));
                return;
            }
            int index = recorded.index(exchange.commitment());
            switch (call) {
                case CREATE -> create(index, exchange);
                case GET -> life = Changes.looked(life, index, answer(call, exchange), now, now);
                case CANCEL -> cancel(index, exchange);
                case RESULT -> download(index, exchange);
                default -> {}
            }
        }

        /** What was acknowledged is never created again, although some recordings do. */
        private void create(int index, Exchange exchange) {
            if (life.member(index).isCreated()) {
                return;
            }
            life = Changes.sent(life, new Action.Create(index), now);
            crash();
            life = Creations.answered(life, index, answer(CallName.CREATE, exchange), now);
        }

        private void cancel(int index, Exchange exchange) {
            if (exchange.signed().path("by").asText().equals("other")) {
                return;
            }
            life = Changes.sent(life, new Action.Cancel(index), now);
            crash();
            life = Changes.cancelAnswered(life, index, answer(CallName.CANCEL, exchange));
        }

        private void validate(Action.Validate action, Exchange exchange) {
            Answer<Void> answer = answer(CallName.VALIDATE, exchange);
            if (answer.refusal().orElse(null) instanceof Refusal.Permanent) {
                // Wrong on purpose.
                return;
            }
            if (exchange.status() == 200 && !isPlanned(action)) {
                unplanned.add(exchange + " " + action + " of " + life.members());
            }
            life = Changes.sent(life, action, now);
            crash();
            life = Changes.validateAnswered(life, action, answer, now);
        }

        /** Now, or after the pause and the look that follow a validation whose answer proved nothing. */
        private boolean isPlanned(Action.Validate action) {
            boolean lost = Changes.call(life, action).is(Call.State.LOST);
            return Stream.of(now, now.plusSeconds(1))
                    .map(time -> Planner.plan(life, terms, time).actions())
                    .anyMatch(plan -> plan.contains(action)
                            || (lost
                                    && action.members().stream()
                                            .anyMatch(index -> plan.contains(new Action.Look(index)))));
        }

        private void download(int index, Exchange exchange) {
            Answer<Content> answer = answer(CallName.RESULT, exchange);
            answer.value().ifPresent(Content::close);
            if (answer.isDone()) {
                life = Changes.downloaded(life, index);
            }
        }

        private void crash() {
            if (crashing) {
                life = LifeCodec.read(LifeCodec.write(life));
            }
        }

        private void decide() {
            for (int index = 0; index < 5; index++) {
                Member member = life.member(index);
                if (member.seed() != null && member.selected() == Choice.UNKNOWN) {
                    Sampling sampling = ReplayClient.get(Sampling.of(member.seed(), prover));
                    life = Changes.decided(life, index, sampling.selected());
                }
            }
        }

        @SuppressWarnings("unchecked")
        private <T> Answer<T> answer(CallName call, Exchange exchange) {
            client.setTime(Instant.ofEpochSecond((long) exchange.at()));
            server.play(exchange, (long) exchange.at());
            return (Answer<T>)
                    ReplayClient.get(RecordedCalls.make(api, call, exchange).thenApply(answer -> answer));
        }

        Map<Integer, Integer> states() {
            Map<Integer, Integer> states = new HashMap<>();
            for (int index = 0; index < 5; index++) {
                if (life.member(index).isCreated()) {
                    states.put(index, life.member(index).status().number());
                }
            }
            return states;
        }
    }
}

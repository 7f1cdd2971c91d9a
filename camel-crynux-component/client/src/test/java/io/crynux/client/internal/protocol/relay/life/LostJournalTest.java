// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crynux.client.internal.protocol.relay.ids.RequestIds;
import io.crynux.client.internal.protocol.relay.task.RelayTask;
import io.crynux.client.internal.protocol.relay.task.TaskStatus;
import io.crynux.client.internal.signing.CheckedProver;
import io.crynux.client.task.TaskKind;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.VrfProver;
import io.crynux.client.wallet.Wallets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wallet alone saves its tasks; the journal's form is small and complete. */
class LostJournalTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void whatTheRelayReturnsOfTheFirstTaskGivesBackTheRequest() {
        Signer wallet = Wallets.ofPrivateKey("0x" + "46".repeat(32));
        CheckedProver prover = new CheckedProver((VrfProver) wallet, wallet.address(), Runnable::run, timer);
        String nonce = "0x" + "33".repeat(32);
        RequestIds lost = RequestIds.of(nonce, prover).join();
        SimulatedRelay relay = new SimulatedRelay(RuleCase.START, Map.of(), Map.of());
        RelayTask first = relay.create(0, lost.commitment(0)).value().orElseThrow();

        RequestIds found = RequestIds.of(nonce, prover).join();
        assertThat(found.commitment(0)).isEqualTo(first.commitment());
        assertThat(found.taskId()).isEqualTo(lost.taskId());
        Life life = Creations.adopted(
                Life.prepared(SimulatedRelay.CREATOR, nonce, found.commitments()), 0, first, RuleCase.START);

        assertThat(life.first().isCreated()).isTrue();
        assertThat(SubState.of(life)).isEqualTo(SubState.CREATED);
        Terms terms = new RuleCase(TaskKind.SD).terms;
        assertThat(Planner.plan(life, terms, RuleCase.START).actions()).containsExactly(new Action.Decide(0));
        assertThat(Outcome.of(life, terms).money().open()).isTrue();
    }

    @Test
    void theJournaledFormIsReadAsItWasWritten() {
        for (int seed = 0; seed < 100; seed++) {
            SimulatedRelay relay = new SimulatedRelay(
                    SimulatedDriver.START,
                    Map.of(0, new SimulatedRelay.Script(Duration.ZERO, Duration.ofSeconds(5), "error")),
                    Map.of(0, seed % 2 == 0));
            SimulatedDriver driver = new SimulatedDriver(relay, TaskKind.GPT, new Random(seed), 0.3, 0.3);
            driver.runUntil(SimulatedDriver.START.plusSeconds(seed));
            Life once = LifeCodec.read(LifeCodec.write(driver.life()));

            assertThat(LifeCodec.read(LifeCodec.write(once))).isEqualTo(once);
            assertThat(once.creator()).isEqualTo(SimulatedRelay.CREATOR);
        }
    }

    @Test
    void itContainsNoSecret() {
        RuleCase request = new RuleCase().sampled().seen(0, TaskStatus.SCORE_READY);

        assertThat(LifeCodec.write(request.life).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("creator", "nonce", "members");
        assertThat(request.life.toString() + request.life.members())
                .doesNotContain("c0")
                .doesNotContain("1111");
        assertThat(LifeCodec.write(request.life).toString()).hasSizeLessThan(2000);
    }

    @Test
    void anotherDocumentIsRefused() {
        assertThatThrownBy(() -> LifeCodec.read(JsonNodeFactory.instance.objectNode()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Life.prepared(SimulatedRelay.CREATOR, "0x", List.of("c0")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

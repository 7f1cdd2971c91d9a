// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import static io.crynux.devnet.fake.TaskLogs.pending;
import static io.crynux.devnet.fake.TaskLogs.started;
import static io.crynux.devnet.fake.TaskLogs.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.fake.RelayCalls;
import io.crynux.devnet.fake.Signer;
import io.crynux.devnet.fake.TaskLogs;
import io.crynux.devnet.fake.TestRelay;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.result.ResultHash;
import io.crynux.devnet.result.TaskKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the Relay does wrong, as a creator sees it. */
class RelayFaultsTest {
    private static final String GPT = "{\"model\":\"m\",\"messages\":[]}";
    private static final List<byte[]> FILES = List.of("{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8));

    private final TestRelay relay = new TestRelay();
    private final RelayCalls calls = relay.calls();
    private final RelayFaults faults = relay.relay().faults();
    private final Signer creator = Signer.number(1);
    private final Signer node = Signer.number(11);

    @AfterEach
    void close() {
        relay.close();
    }

    private void finish(long id) throws IOException {
        relay.block(
                pending(id, 1, creator.address(), GPT),
                success(id, ResultHash.of(TaskKind.GPT, FILES), node.address()));
        assertThat(calls.uploadResults(node, id, FILES).status()).isEqualTo(200);
    }

    private TaskLogs.Draft[] created(long id) {
        return new TaskLogs.Draft[] {
            pending(id, 1, creator.address(), GPT),
            started(id, 1, creator.address(), node.address(), GPT, 0),
            started(id, 1, creator.address(), Signer.number(12).address(), GPT, 1),
            started(id, 1, creator.address(), Signer.number(13).address(), GPT, 2)
        };
    }

    @Test
    void aStartInTheBlockOfTheCreationIsMissedForGood() {
        faults.missStarts().times(1);
        relay.block(created(5));
        relay.block(created(6));
        calls.upload(creator, 5, GPT);
        calls.upload(creator, 6, GPT);

        assertThat(calls.task(creator, 5).refusal()).isEqualTo("task_id: Task not ready");
        assertThat(relay.relay().parameters(BigInteger.valueOf(5))).isEmpty();
        assertThat(calls.task(creator, 6).status()).isEqualTo(200);
        assertThat(relay.relay().parameters(BigInteger.valueOf(6))).contains(GPT);
    }

    @Test
    void aStartInALaterBlockIsNotMissed() {
        Fault missed = faults.missStarts();
        TaskLogs.Draft[] logs = created(5);
        relay.block(logs[0]);
        calls.upload(creator, 5, GPT);
        relay.block(logs[1], logs[2], logs[3]);

        assertThat(calls.task(creator, 5).status()).isEqualTo(200);
        assertThat(missed.hits()).isZero();
    }

    @Test
    void whatAReorgCreatesAgainAfterTheFaultIsNotMissed() {
        Fault missed = faults.missStarts();
        relay.block(created(5));
        calls.upload(creator, 5, GPT);
        missed.end();
        relay.reorg(1, created(5));

        assertThat(calls.task(creator, 5).status()).isEqualTo(200);
    }

    @Test
    void behindUntilItIsEnded() {
        Fault behind = faults.behind(Duration.ofHours(1));
        relay.block(pending(5, 1, creator.address(), GPT));
        await().during(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(5))
                .until(() -> calls.upload(creator, 5, GPT).status() == 400);
        assertThat(calls.upload(creator, 5, GPT).refusal()).isEqualTo("task_id: Task not found on the Blockchain");
        behind.end();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> calls.upload(creator, 5, GPT).status() == 200);
    }

    @Test
    void behindByAnotherLag() {
        faults.behind(Duration.ofMillis(300));
        relay.block(pending(5, 1, creator.address(), GPT));
        assertThat(calls.upload(creator, 5, GPT).status()).isEqualTo(400);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> calls.upload(creator, 5, GPT).status() == 200);
    }

    @Test
    void aClockThatIsFast() {
        relay.block(pending(5, 1, creator.address(), GPT));
        faults.clockSkew(Duration.ofSeconds(90));
        assertThat(calls.upload(creator, 5, GPT).refusal()).isEqualTo("signature: Invalid signature");
        long now = calls.get("/v1/now").json().at("/data/now").asLong();
        assertThat(now - RelayCalls.now()).isBetween(88L, 92L);
        faults.clear();
        assertThat(calls.upload(creator, 5, GPT).status()).isEqualTo(200);
    }

    @Test
    void parametersThatItsSchemaRefuses() {
        relay.block(pending(5, 1, creator.address(), GPT));
        faults.refuseTaskArgs("model is unknown").times(1);
        assertThat(calls.upload(creator, 5, GPT).refusal()).isEqualTo("task_args: Task args invalid: model is unknown");
        assertThat(calls.upload(creator, 5, GPT).status()).isEqualTo(200);
    }

    @Test
    void resultsThatAreLate() throws IOException {
        Fault late = faults.lateResults(Duration.ofHours(1));
        finish(5);
        assertThat(calls.result(creator, 5, "0").refusal()).isEqualTo("task_id: Task results not uploaded");
        late.end();
        assertThat(calls.result(creator, 5, "0").body()).isEqualTo(FILES.get(0));
        Fault shorter = faults.lateResults(Duration.ofMillis(300));
        finish(6);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> calls.result(creator, 6, "0").status() == 200);
        assertThat(shorter.isOn()).isTrue();
    }

    @Test
    void resultsThatAreWithheldSoOften() throws IOException {
        finish(5);
        faults.withholdResults().times(2);
        for (int i = 0; i < 2; i++) {
            assertThat(calls.result(creator, 5, "0").refusal()).isEqualTo("task_id: Task results not uploaded");
        }
        assertThat(calls.result(creator, 5, "0").body()).isEqualTo(FILES.get(0));
    }

    @Test
    void resultsThatAreCutInHalf() throws IOException {
        finish(5);
        faults.truncateResults();
        assertThat(calls.get("/v1/now").status()).isEqualTo(200);
        assertThat(calls.task(creator, 5).status()).isEqualTo(400);
        assertThatThrownBy(() -> calls.result(creator, 5, "0")).isInstanceOf(UncheckedIOException.class);
        faults.clear();
        assertThat(calls.result(creator, 5, "0").body()).isEqualTo(FILES.get(0));
    }

    @Test
    void whatAnyServerDoes() {
        faults.respond(503).times(1);
        assertThat(calls.get("/v1/now").status()).isEqualTo(503);
        faults.respond429(Duration.ofSeconds(1)).times(1);
        assertThat(calls.get("/v1/now").status()).isEqualTo(429);
        faults.slow(Duration.ofMillis(50)).times(1);
        assertThat(calls.get("/v1/now").status()).isEqualTo(200);
        Fault down = faults.down();
        assertThat(faults.on()).containsExactly(down);
        assertThatThrownBy(() -> calls.get("/v1/now")).isInstanceOf(UncheckedIOException.class);
        faults.clear();
        assertThat(calls.get("/v1/now").status()).isEqualTo(200);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.task.GptParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.devnet.ledger.Reorg;
import io.crynux.testing.RpcProxy;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A payment that a reorganisation takes out of its block is mined again, once, and its task goes on. */
@Tag("chain")
class ReorganisedPaymentTest extends ChainTestSupport {
    private static final Duration NO_TIME_OUT = Duration.ZERO;

    private CrynuxClient patientClient() {
        return open(builder().engine(engine(new PaymentSettings(Duration.ofSeconds(30), Duration.ZERO, NO_TIME_OUT))));
    }

    private void uploaded(long taskId) {
        await().atMost(SOON)
                .until(() ->
                        devnet.relay().parameters(BigInteger.valueOf(taskId)).isPresent());
    }

    @Test
    void aDroppedPaymentIsSentAgain() throws Exception {
        start(still());
        CrynuxClient client = patientClient();
        var pending = client.submit(question("30").waitFor(WaitFor.SUCCESS).build());
        await().atMost(SOON).until(() -> sent().size() == 1);
        devnet.chain().mine();
        uploaded(1);

        devnet.chain().reorg(Reorg.of(1).dropping());
        await().atMost(SOON).until(() -> rpc.calls("eth_sendRawTransaction").size() == 2);

        await().atMost(SOON).until(() -> {
            devnet.chain().mine();
            return pending.isDone();
        });
        assertThat(get(pending).state()).isIn(TaskState.SUCCEEDED, TaskState.DONE);
        // The same bytes.
        assertThat(sent()).hasSize(1);
        assertThat(minedTransactions()).isEqualTo(1);
    }

    /** Logs of a block come late, and when they do, the block and those after it are replaced. */
    @Test
    void aBlockThatIsReplacedWhileItIsReadAgainIsTakenBack() throws Exception {
        start(still().nodes(0));
        AtomicInteger asked = new AtomicInteger();
        rpc.intercept("eth_getLogs", (params, node) -> {
            JsonNode logs = node.get();
            boolean ofThePayment = !logs.path("result").isEmpty();
            int times = ofThePayment ? asked.incrementAndGet() : 0;
            if (times == 3) {
                devnet.chain().reorg(Reorg.of(3).dropping());
            }
            return times == 1 || times == 2 ? RpcProxy.result(List.of()) : logs;
        });
        CrynuxClient client = patientClient();
        var created = submitUntilCreated(client, "30");
        await().atMost(SOON).until(() -> sent().size() == 1);
        devnet.chain().mine();
        devnet.chain().mine();
        devnet.chain().mine();
        get(created);
        await().atMost(SOON).until(() -> asked.get() >= 3);

        // Dropped, so it is sent again.
        await().atMost(SOON).until(() -> rpc.calls("eth_sendRawTransaction").size() == 2);
        devnet.chain().mine();

        await().atMost(SOON).until(() -> minedTransactions() == 1);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void anEndedTasksDroppedPaymentDoesNotBlockTheNextOnes() throws Exception {
        start(still());
        CrynuxClient client = patientClient();
        var first = client.submit(question("30").waitFor(WaitFor.SUCCESS).build());
        int[] blocks = {0};
        await().atMost(SOON).until(() -> {
            devnet.chain().mine();
            blocks[0]++;
            return first.isDone();
        });

        // As deep as the payment; finality is judged by what was seen, so that it still watches what is young.
        devnet.chain().reorg(Reorg.of(2).pending());
        var second = submitUntilCreated(client, "30");
        await().atMost(SOON).until(() -> {
            devnet.chain().mine();
            return second.isDone();
        });

        assertThat(get(second).state()).isEqualTo(TaskState.CREATED);
        assertThat(minedTransactions()).isEqualTo(2);
    }

    @Test
    void aRevertedPaymentThatIsDroppedIsNotToldYet() throws Exception {
        start(still().nodes(0));
        CrynuxClient client = patientClient();
        var pending = client.submit(question("30").cap(0).build());
        await().atMost(SOON).until(() -> sent().size() == 1);
        int calls = rpc.calls("eth_call").size();
        devnet.chain().mine();
        // The reason is asked for once the receipt and its block are known to fit.
        await().atMost(SOON).until(() -> rpc.calls("eth_call").size() > calls);

        devnet.chain().reorg(Reorg.of(1).dropping().withNewBlocks(4));
        await().pollDelay(Duration.ofMillis(300)).atMost(SOON).until(() -> !pending.isDone());
        await().atMost(SOON).until(() -> {
            devnet.chain().mine();
            return pending.isDone();
        });

        assertThat(failure(pending)).isInstanceOf(TransactionRevertedException.class);
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void aTaskOfAnotherIdIsFollowedAfterItsPaymentIsMinedElsewhere() throws Exception {
        start(still().nodes(0));
        CrynuxClient client = patientClient();
        CrynuxClient other = open(builder()
                .signer(io.crynux.client.wallet.Wallets.ofPrivateKey(
                        devnet.account(2).privateKey())));
        var foreign = submitUntilCreated(other, "20");
        await().atMost(SOON).until(() -> sent().size() == 1);
        var pending = client.submit(question("30").waitFor(WaitFor.UPLOADED).build());
        await().atMost(SOON).until(() -> sent().size() == 2);
        devnet.chain().mine();
        get(foreign);
        String before = get(pending).taskId();

        devnet.chain().reorg(Reorg.of(1).reversed());

        // The parameters of both are uploaded under the new ids too.
        long after = before.equals("1") ? 2 : 1;
        await().atMost(SOON)
                .until(() ->
                        devnet.relay().parameters(BigInteger.valueOf(after)).isPresent());
        assertThat(sent()).hasSize(2);
    }

    /** Until it has seen it, the Relay has another task under the new id: another wallet's, or another one of the same wallet. */
    @Test
    void aRelayThatHasNotSeenTheReorganisationYetIsAskedAgain() throws Exception {
        start(still().nodes(0));
        CrynuxClient client = patientClient();
        CrynuxClient other = open(builder()
                .signer(io.crynux.client.wallet.Wallets.ofPrivateKey(
                        devnet.account(2).privateKey())));
        var first = client.submit(toBeUploaded("31"));
        await().atMost(SOON).until(() -> sent().size() == 1);
        var second = client.submit(toBeUploaded("32"));
        await().atMost(SOON).until(() -> sent().size() == 2);
        var foreign = other.submit(toBeUploaded("33"));
        await().atMost(SOON).until(() -> sent().size() == 3);
        devnet.chain().mine();
        assertThat(List.of(
                        get(first).taskId(), get(second).taskId(), get(foreign).taskId()))
                .containsExactly("1", "2", "3");

        devnet.faults().relay().behind(Duration.ofSeconds(2)).during(Duration.ofSeconds(3));
        devnet.chain().reorg(Reorg.of(1).reversed());

        await().atMost(SOON).untilAsserted(() -> assertThat(List.of(parametersOf(1), parametersOf(2), parametersOf(3)))
                .satisfiesExactly(
                        args -> assertThat(args).contains("33"),
                        args -> assertThat(args).contains("31"),
                        args -> assertThat(args).contains("32")));
        assertThat(sent()).hasSize(3);
    }

    private static TaskRequest toBeUploaded(String words) {
        return TaskRequest.builder(GptParameters.builder().user(words).build())
                .fee("30")
                .waitFor(WaitFor.UPLOADED)
                .build();
    }

    private String parametersOf(long taskId) {
        return devnet.relay().parameters(BigInteger.valueOf(taskId)).orElse("");
    }
}

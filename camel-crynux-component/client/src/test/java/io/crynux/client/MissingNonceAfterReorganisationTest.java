// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.devnet.ledger.Reorg;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

/** A transaction of the wallet that was before ours vanishes with its block: its nonce is missing, and the gap is closed. */
class MissingNonceAfterReorganisationTest extends ChainTestSupport {

    @Test
    void aForeignTransactionThatVanishesHoldsNothingUp() throws Exception {
        start(still());
        sendForeign(0);
        PaymentSettings payments =
                new PaymentSettings(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMinutes(1));
        CrynuxClient client = open(builder().engine(engine(payments)));
        CompletableFuture<TaskResult> pending = submitUntilCreated(client, "30");
        await().atMost(SOON)
                .until(() -> sent().stream().anyMatch(t -> t.getNonce().intValue() == 1));
        rpc.sentTransactions().forEach(raw -> devnet.chain().dropTransaction(Hash.sha3(raw)));
        devnet.chain().mine();
        await().atMost(SOON).until(() -> minedTransactions() >= 1);
        devnet.chain().reorg(Reorg.of(1).dropping());

        await().pollInterval(Duration.ofMillis(200)).atMost(SOON).until(() -> {
            devnet.chain().mine();
            return pending.isDone();
        });

        assertThat(get(pending).state()).isEqualTo(TaskState.CREATED);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.crynux.client.task.TaskResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Only so many payments are in no block; further ones wait unsigned and in order. */
@Tag("chain")
class MaxPendingTransactionsTest extends ChainTestSupport {

    @Test
    void furtherPaymentsWaitForBlocks() throws Exception {
        start(still());
        CrynuxClient client = open(builder().maxPendingTransactions(2));
        List<CompletableFuture<TaskResult>> pending = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            pending.add(submitUntilCreated(client, Integer.toString(i)));
        }

        for (int blocks = 1; blocks <= 3; blocks++) {
            int most = Math.min(5, 2 * blocks);
            await().atMost(SOON).until(() -> sent().size() == most);
            await().pollDelay(Duration.ofMillis(200)).atMost(SOON).until(() -> sent().size() == most);
            devnet.chain().mine();
        }
        for (CompletableFuture<TaskResult> each : pending) {
            get(each);
        }
        assertThat(sent()).extracting(t -> t.getNonce().intValue()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void zeroIsRefused() {
        start(still());
        ChainClientBuilder builder = builder().maxPendingTransactions(0);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxPendingTransactions is 0");
    }
}

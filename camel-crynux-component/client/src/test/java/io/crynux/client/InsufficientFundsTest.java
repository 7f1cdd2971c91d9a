// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.InsufficientFundsException;
import io.crynux.client.task.TaskState;
import io.crynux.testing.RpcProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the wallet cannot pay is refused with numbers before anything is signed. */
@Tag("chain")
class InsufficientFundsTest extends ChainTestSupport {

    @Test
    void aFeeAboveTheBalanceIsRefusedUnsigned() throws Exception {
        start(still());

        Throwable error = failure(submitUntilCreated(open(builder()), "10001"));

        assertThat(error)
                .isInstanceOf(InsufficientFundsException.class)
                .hasMessageContaining("has 10000 CNX")
                .hasMessageContaining("fee of 10001 CNX")
                .hasMessageContaining("fund the wallet with 1.00")
                .hasMessageContaining("Nothing was spent");
        assertThat(rpc.sentTransactions()).isEmpty();
    }

    @Test
    void whatIsOnItsWayCounts() throws Exception {
        start(still());
        CrynuxClient client = open(builder());
        var first = submitUntilCreated(client, "6000");

        Throwable error = failure(submitUntilCreated(client, "6000"));

        assertThat(error)
                .isInstanceOf(InsufficientFundsException.class)
                .hasMessageContaining("6000.00")
                .hasMessageContaining("not in a block yet");
        assertThat(rpc.sentTransactions()).hasSize(1);
        devnet.chain().mine();
        assertThat(get(first).state()).isEqualTo(TaskState.CREATED);
    }

    @Test
    void theBalanceIsNotReadForEachTask() throws Exception {
        start(quick());
        CrynuxClient client = open(builder());
        for (int i = 0; i < 5; i++) {
            get(submitUntilCreated(client, "1"));
        }

        assertThat(rpc.calls("eth_getBalance")).hasSizeBetween(1, 2);
        assertThat(rpc.sentTransactions()).hasSize(5);
    }

    @Test
    void theNodesOwnRefusalProvesNothingWhileTheBalanceSuffices() throws Exception {
        start(quick());
        CrynuxClient client = open(builder());
        rpc.intercept(
                "eth_sendRawTransaction",
                (params, node) -> RpcProxy.error(-32000, "insufficient funds for gas * price + value"));
        var pending = submitUntilCreated(client, "30");
        await().atMost(SOON).until(() -> rpc.calls("eth_sendRawTransaction").size() == 1);
        rpc.release("eth_sendRawTransaction");

        assertThat(get(pending).state()).isEqualTo(TaskState.CREATED);
        assertThat(sent()).extracting(t -> t.getNonce().intValue()).containsOnly(0);
        assertThat(minedTransactions()).isEqualTo(1);
    }
}

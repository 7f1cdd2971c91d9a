// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.testing.RpcProxy;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever words a node finds for a payment that it has, the payment counts as one that may be mined, and blocks settle it. */
class SendAnswersTest extends ChainTestSupport {

    /** Words for a payment that is in the pool or in a block, seen at real nodes. */
    static Stream<String> recorded() throws IOException {
        try (InputStream file = SendAnswersTest.class.getResourceAsStream("/cases/02-send-refusals.json")) {
            return StreamSupport.stream(
                            new ObjectMapper().readTree(file).get("texts").spliterator(), false)
                    .map(text -> text.get("text").asText());
        }
    }

    /** Words of which a few would be true of bytes that no node has, if one node were all that there is. */
    static Stream<String> others() {
        return Stream.of(
                "request timed out",
                "Internal error",
                "nonce too low: next nonce 1, tx nonce 0",
                "nonce too high",
                "Known transaction",
                "existing txn with same hash",
                "transaction underpriced: tip needed 1, tip permitted 0",
                "replacement transaction underpriced",
                "max fee per gas less than block base fee: address 0xab, maxFeePerGas: 1, baseFee: 7",
                "fee too low",
                "txpool is full",
                "pending sub-pool is full",
                "account limit exceeded: pooled 16 txs",
                "tx fee (2.00 ether) exceeds the configured cap (1.00 ether)",
                "oversized data: transaction size 140000, limit 131072",
                "Sender account not authorized to send transactions",
                "invalid sender: invalid chain id for signer: have 1 want 5",
                "upstream 1: already known; upstream 2: intrinsic gas too low",
                "insufficient funds for gas * price + value: balance 0, tx cost 30, overshot 30",
                "Upfront cost exceeds account balance",
                "");
    }

    @ParameterizedTest
    @MethodSource({"recorded", "others"})
    void aPaymentThatWasTakenIsNotToldAsUnspentAndHarmsNoOther(String words) throws Exception {
        start(still());
        CrynuxClient client = open(builder());
        rpc.intercept("eth_getTransactionByHash", (params, node) -> RpcProxy.result(null));
        rpc.intercept("eth_sendRawTransaction", (params, node) -> {
            assertThat(node.get().has("result")).isTrue();
            rpc.release("eth_sendRawTransaction");
            return RpcProxy.error(-32000, words);
        });
        CompletableFuture<TaskResult> first = submitUntilCreated(client, "30");
        await().atMost(SOON).until(() -> !rpc.calls("eth_sendRawTransaction").isEmpty());
        CompletableFuture<TaskResult> second = submitUntilCreated(client, "31");
        await().atMost(SOON)
                .until(() -> first.isDone()
                        || sent().stream().anyMatch(t -> t.getNonce().intValue() == 1));
        rpc.release("eth_getTransactionByHash");

        devnet.chain().mine();

        assertThat(get(first).state()).isEqualTo(TaskState.CREATED);
        assertThat(get(second).state()).isEqualTo(TaskState.CREATED);
        assertThat(minedTransactions()).isEqualTo(2);
    }
}

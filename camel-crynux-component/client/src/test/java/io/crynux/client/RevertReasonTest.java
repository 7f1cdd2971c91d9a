// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.rpc.ErrorDialect;
import io.crynux.testing.RpcProxy;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reverted payment is told with the reason, whatever the node's words for it are. */
@Tag("chain")
class RevertReasonTest extends ChainTestSupport {

    @ParameterizedTest
    @EnumSource
    void theReasonIsReadFromEveryDialect(ErrorDialect dialect) throws Exception {
        assertPanicIsTold(dialect, Duration.ofMillis(100));
    }

    @Test
    void aNodeThatAnswersWithAnErrorAlthoughItMinedTheTransaction() throws Exception {
        assertPanicIsTold(ErrorDialect.HARDHAT, Duration.ZERO);
    }

    private void assertPanicIsTold(ErrorDialect dialect, Duration blockTime) throws Exception {
        start(still());
        BigInteger funds = BigInteger.TEN.pow(20);
        Chain chain = closedLater(Chain.builder()
                .errorDialect(dialect)
                .blockTime(blockTime)
                .fund(devnet.account(1).address(), funds)
                .start());
        CrynuxClient client = open(builder().rpcUrl(chain.rpcUrl()));
        var pending = client.submit(question("30").cap(0).build());
        closedLater(everySoOften(chain, blockTime));

        // No node is there, so that the contract divides by the cap.
        assertThat(failure(pending))
                .isInstanceOfSatisfying(TransactionRevertedException.class, error -> assertThat(error.reason())
                        .startsWith("Panic(0x12): division by zero"))
                .hasMessageContaining("The fee of 30 CNX was not spent; the gas was");
    }

    /** A chain that makes a block of each transaction at once makes none that would make it final. */
    private static AutoCloseable everySoOften(Chain chain, Duration blockTime) {
        if (!blockTime.isZero()) {
            return () -> {};
        }
        var timer = java.util.concurrent.Executors.newSingleThreadScheduledExecutor();
        timer.scheduleAtFixedRate(chain::mine, 100, 100, java.util.concurrent.TimeUnit.MILLISECONDS);
        return timer::shutdownNow;
    }

    @Test
    void outOfGasIsToldWithTheRemedy() throws Exception {
        start(quick().nodes(0));
        rpc.intercept("eth_call", (params, node) -> {
            ObjectNode answer = RpcProxy.error(3, "execution reverted");
            ((ObjectNode) answer.get("error")).put("data", "0x");
            return answer;
        });
        rpc.intercept("eth_getTransactionReceipt", (params, node) -> {
            ObjectNode answer = node.get();
            if (answer.get("result") instanceof ObjectNode receipt) {
                // An inner call that runs out of gas leaves a 64th, as recorded with a limit of 200,000.
                receipt.put("gasUsed", "0x" + Integer.toHexString(1_480_000));
            }
            return answer;
        });

        assertThat(failure(open(builder()).submit(question("30").cap(0).build())))
                .isInstanceOf(TransactionRevertedException.class)
                .hasMessageContaining("out of gas: 1480000 of a gas limit of 1500000 were used; set gasLimit higher");
    }
}

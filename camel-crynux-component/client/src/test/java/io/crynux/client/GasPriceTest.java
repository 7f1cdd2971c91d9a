// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.settings.GasSettings;
import io.crynux.client.settings.GasSettings.TransactionType;
import io.crynux.client.task.TaskState;
import io.crynux.testing.RpcProxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.crypto.transaction.type.Transaction1559;

/** What payments offer for gas, on chains with a base fee and without, and what they never offer. */
@Tag("chain")
class GasPriceTest extends ChainTestSupport {

    private static GasSettings gas(TransactionType type, String maxGwei) {
        return new GasSettings(
                GasSettings.LEAST_GAS_LIMIT,
                new BigDecimal("1.2"),
                type,
                maxGwei == null
                        ? null
                        : new BigDecimal(maxGwei).multiply(new BigDecimal(GWEI)).toBigInteger());
    }

    private static BigInteger gwei(String gwei) {
        return new BigDecimal(gwei).multiply(new BigDecimal(GWEI)).toBigInteger();
    }

    private void withoutBaseFee() {
        rpc.intercept("eth_getBlockByNumber", (params, node) -> {
            ObjectNode answer = node.get();
            if (answer.get("result") instanceof ObjectNode block) {
                block.remove("baseFeePerGas");
            }
            return answer;
        });
    }

    @Test
    void twiceTheBaseFeeAndTheTip() throws Exception {
        start(quick());

        get(submitUntilCreated(open(builder()), "30"));

        Transaction1559 sent = (Transaction1559) sent().get(0).getTransaction();
        assertThat(sent.getMaxPriorityFeePerGas()).isEqualTo(gwei("1.2"));
        assertThat(sent.getMaxFeePerGas()).isEqualTo(gwei("3.2"));
        assertThat(sent.getGasLimit()).isEqualTo(BigInteger.valueOf(1_500_000));
    }

    @Test
    void onePriceWhereBlocksHaveNoBaseFee() throws Exception {
        start(quick());
        withoutBaseFee();

        assertThat(get(submitUntilCreated(open(builder()), "30")).state()).isEqualTo(TaskState.CREATED);

        assertThat(sent().get(0).getTransaction()).isNotInstanceOf(Transaction1559.class);
        assertThat(sent().get(0).getGasPrice()).isEqualTo(gwei("2.4"));
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGACY", "EIP1559"})
    void theTypeCanBeChosen(TransactionType type) throws Exception {
        start(quick());

        assertThat(get(submitUntilCreated(open(builder().gas(gas(type, null))), "30"))
                        .state())
                .isEqualTo(TaskState.CREATED);

        assertThat(sent().get(0).getTransaction() instanceof Transaction1559)
                .isEqualTo(type == TransactionType.EIP1559);
    }

    @ParameterizedTest
    @EnumSource
    void aPriceAboveTheLimitIsRefusedUnsigned(TransactionType type) throws Exception {
        start(still());

        Throwable error = failure(submitUntilCreated(open(builder().gas(gas(type, "1.5"))), "30"));

        assertThat(error)
                .isInstanceOf(BudgetExceededException.class)
                .hasMessageContaining("maxGasPrice allows 1.5 gwei")
                .hasMessageContaining("Nothing was signed");
        assertThat(rpc.sentTransactions()).isEmpty();
    }

    @Test
    void theLimitBoundsTheOffer() throws Exception {
        start(quick());

        get(submitUntilCreated(open(builder().gas(gas(TransactionType.AUTO, "2.5"))), "30"));

        assertThat(((Transaction1559) sent().get(0).getTransaction()).getMaxFeePerGas())
                .isEqualTo(gwei("2.5"));
    }

    @Test
    void theNextTaskIsRunWhenGasIsCheaper() throws Exception {
        start(quick());
        CrynuxClient client = open(builder().gas(gas(TransactionType.LEGACY, "3")));
        get(client.connect());
        AtomicBoolean refused = new AtomicBoolean();
        rpc.intercept(
                "eth_sendRawTransaction",
                (params, node) -> refused.getAndSet(true)
                        ? node.get()
                        : RpcProxy.error(-32000, "max fee per gas less than block base fee"));
        get(submitUntilCreated(client, "30"));
        int asked = rpc.calls("eth_gasPrice").size();

        get(submitUntilCreated(client, "30"));

        // A price that a node objected to is not offered again.
        assertThat(rpc.calls("eth_gasPrice")).hasSizeGreaterThan(asked);
    }

    @Test
    void aGasLimitThatIsTooLowIsRefused() {
        assertThatThrownBy(() ->
                        new GasSettings(BigInteger.valueOf(1_000_000), BigDecimal.ONE, TransactionType.AUTO, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gasLimit is 1000000; it must be 1500000 or more");
    }
}

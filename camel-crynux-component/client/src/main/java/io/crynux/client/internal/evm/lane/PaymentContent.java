// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.internal.evm.Payment;
import java.math.BigInteger;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.ITransaction;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.utils.Numeric;

/**
 * What is in a payment's signed bytes.
 *
 * @param gasLimit most gas that it may use
 * @param value wei that go to the contract: the task fee
 * @param data calldata as hex
 */
public record PaymentContent(
        BigInteger nonce, GasPrice price, BigInteger gasLimit, String to, BigInteger value, String data) {

    public static PaymentContent of(Payment payment) {
        RawTransaction transaction = TransactionDecoder.decode(payment.rawTransaction());
        ITransaction typed = transaction.getTransaction();
        GasPrice price = typed instanceof Transaction1559 market
                ? new GasPrice(market.getMaxFeePerGas(), market.getMaxPriorityFeePerGas())
                : new GasPrice(transaction.getGasPrice(), null);
        return new PaymentContent(
                transaction.getNonce(),
                price,
                transaction.getGasLimit(),
                transaction.getTo(),
                transaction.getValue(),
                Numeric.prependHexPrefix(transaction.getData()));
    }

    /** The most wei that it takes out of the wallet. */
    BigInteger mostCost() {
        return value.add(gasLimit.multiply(price.maxFee()));
    }

    PaymentContent at(GasPrice newPrice) {
        return new PaymentContent(nonce, newPrice, gasLimit, to, value, data);
    }
}

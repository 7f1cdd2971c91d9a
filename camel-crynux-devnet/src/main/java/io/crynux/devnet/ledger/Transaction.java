// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;

/**
 * A signed transaction. For the types 0 and 1 both fees are the gas price.
 *
 * @param raw the bytes that were signed and sent
 * @param type 0 legacy, 1 EIP-2930, 2 EIP-1559
 * @param chainId empty for a legacy transaction without replay protection
 * @param to empty string for a contract creation
 * @param v of the signature as it stands in the bytes: the parity for the types 1 and 2
 */
public record Transaction(
        String hash,
        String raw,
        int type,
        OptionalLong chainId,
        String from,
        long nonce,
        long gasLimit,
        BigInteger maxFeePerGas,
        BigInteger maxPriorityFeePerGas,
        String to,
        BigInteger value,
        String data,
        List<AccessTuple> accessList,
        BigInteger v,
        BigInteger r,
        BigInteger s) {

    /** An address and the storage slots of it that the transaction announces. */
    public record AccessTuple(String address, List<String> storageKeys) {}

    /** What is paid per gas in a block of the given base fee. */
    public BigInteger effectiveGasPrice(BigInteger baseFee) {
        return maxFeePerGas.min(baseFee.add(maxPriorityFeePerGas));
    }

    /** The most that the transaction can cost: value and all of its gas at the highest price. */
    public BigInteger maxCost() {
        return maxFeePerGas.multiply(BigInteger.valueOf(gasLimit)).add(value);
    }
}

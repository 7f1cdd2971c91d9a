// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.internal.evm.Payment;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.core.methods.response.Transaction;
import org.web3j.utils.Numeric;

/**
 * Makes a transaction's signed bytes again from what a node reports of it, so that it can be sent again should a reorganisation
 * lose it. The hash proves that they are the same.
 */
public final class SignedBytes {
    private static final Logger LOG = LoggerFactory.getLogger(SignedBytes.class);
    private static final String EIP1559 = "0x2";
    private static final int FIRST_V = 27;

    private SignedBytes() {}

    /** The payment; without bytes where they cannot be made, as of a transaction of a type that we do not know. */
    public static Payment of(Transaction told) {
        String hash = told.getHash().toLowerCase(Locale.ROOT);
        try {
            byte[] signed = EIP1559.equals(told.getType()) ? typed(told) : legacy(told);
            if (Numeric.toHexString(Hash.sha3(signed)).equals(hash)) {
                return new Payment(told.getNonce(), hash, Numeric.toHexString(signed));
            }
            LOG.debug("Transaction {} of type {} cannot be encoded again", hash, told.getType());
        } catch (RuntimeException e) {
            LOG.debug("Transaction {} of type {} cannot be encoded again", hash, told.getType(), e);
        }
        return new Payment(told.getNonce(), hash, "");
    }

    private static byte[] typed(Transaction told) {
        RawTransaction raw = RawTransaction.createTransaction(
                told.getChainId(),
                told.getNonce(),
                told.getGas(),
                told.getTo(),
                told.getValue(),
                told.getInput(),
                told.getMaxPriorityFeePerGas(),
                told.getMaxFeePerGas());
        return TransactionEncoder.encode(
                raw, new Sign.SignatureData(new byte[] {(byte) (told.getV() + FIRST_V)}, r(told), s(told)));
    }

    private static byte[] legacy(Transaction told) {
        RawTransaction raw = RawTransaction.createTransaction(
                told.getNonce(), told.getGasPrice(), told.getGas(), told.getTo(), told.getValue(), told.getInput());
        byte[] v = Numeric.hexStringToByteArray(Long.toHexString(told.getV()));
        return TransactionEncoder.encode(raw, new Sign.SignatureData(v, r(told), s(told)));
    }

    private static byte[] r(Transaction told) {
        return Numeric.toBytesPadded(Numeric.toBigInt(told.getR()), 32);
    }

    private static byte[] s(Transaction told) {
        return Numeric.toBytesPadded(Numeric.toBigInt(told.getS()), 32);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.journal.Payment;
import io.crynux.client.wallet.Signer;
import java.math.BigInteger;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** Makes signed transactions; web3j encodes them, the wallet's signer signs. */
final class PaymentSigner {
    private final Signer signer;
    private final long chainId;
    private final BigInteger gasLimit;

    PaymentSigner(Signer signer, long chainId, BigInteger gasLimit) {
        this.signer = signer;
        this.chainId = chainId;
        this.gasLimit = gasLimit;
    }

    Payment sign(BigInteger nonce, GasPrice price, String to, BigInteger value, String data) {
        byte[] signed = price.isLegacy()
                ? signLegacy(RawTransaction.createTransaction(nonce, price.maxFee(), gasLimit, to, value, data))
                : signTyped(RawTransaction.createTransaction(
                        chainId, nonce, gasLimit, to, value, data, price.maxPriorityFee(), price.maxFee()));
        return new Payment(nonce, Numeric.toHexString(Hash.sha3(signed)), Numeric.toHexString(signed));
    }

    private byte[] signLegacy(RawTransaction transaction) {
        Sign.SignatureData signature = signer.sign(Hash.sha3(TransactionEncoder.encode(transaction, chainId)));
        return TransactionEncoder.encode(transaction, TransactionEncoder.createEip155SignatureData(signature, chainId));
    }

    private byte[] signTyped(RawTransaction transaction) {
        Sign.SignatureData signature = signer.sign(Hash.sha3(TransactionEncoder.encode(transaction)));
        return TransactionEncoder.encode(transaction, signature);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.journal.Payment;
import io.crynux.client.wallet.Signer;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** Makes signed transactions; web3j encodes them, the wallet's signer signs. */
final class PaymentSigner {
    private final Signer signer;
    private final long chainId;

    PaymentSigner(Signer signer, long chainId) {
        this.signer = signer;
        this.chainId = chainId;
    }

    Payment sign(PaymentContent content) {
        GasPrice price = content.price();
        byte[] signed = price.isLegacy()
                ? signLegacy(RawTransaction.createTransaction(
                        content.nonce(),
                        price.maxFee(),
                        content.gasLimit(),
                        content.to(),
                        content.value(),
                        content.data()))
                : signTyped(RawTransaction.createTransaction(
                        chainId,
                        content.nonce(),
                        content.gasLimit(),
                        content.to(),
                        content.value(),
                        content.data(),
                        price.maxPriorityFee(),
                        price.maxFee()));
        return new Payment(content.nonce(), Numeric.toHexString(Hash.sha3(signed)), Numeric.toHexString(signed));
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

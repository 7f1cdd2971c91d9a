// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.signing.CheckedSigner;
import io.crynux.client.wallet.Signature;
import java.util.concurrent.CompletableFuture;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** Makes signed transactions; web3j encodes them, the wallet's signer signs. */
public final class PaymentSigner {
    private static final int FIRST_V = 27;

    private final CheckedSigner signer;
    private final long chainId;

    public PaymentSigner(CheckedSigner signer, long chainId) {
        this.signer = signer;
        this.chainId = chainId;
    }

    /** Fails with a {@link io.crynux.client.error.SignerException}. */
    CompletableFuture<Payment> sign(PaymentContent content) {
        GasPrice price = content.price();
        CompletableFuture<byte[]> signing = price.isLegacy()
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
        return signing.thenApply(signed ->
                new Payment(content.nonce(), Numeric.toHexString(Hash.sha3(signed)), Numeric.toHexString(signed)));
    }

    private CompletableFuture<byte[]> signLegacy(RawTransaction transaction) {
        return signer.sign(Hash.sha3(TransactionEncoder.encode(transaction, chainId)))
                .thenApply(signature -> TransactionEncoder.encode(
                        transaction, TransactionEncoder.createEip155SignatureData(signatureData(signature), chainId)));
    }

    private CompletableFuture<byte[]> signTyped(RawTransaction transaction) {
        return signer.sign(Hash.sha3(TransactionEncoder.encode(transaction)))
                .thenApply(signature -> TransactionEncoder.encode(transaction, signatureData(signature)));
    }

    private static Sign.SignatureData signatureData(Signature signature) {
        return new Sign.SignatureData(
                (byte) (FIRST_V + signature.recoveryId()),
                Numeric.toBytesPadded(signature.r(), 32),
                Numeric.toBytesPadded(signature.s(), 32));
    }
}

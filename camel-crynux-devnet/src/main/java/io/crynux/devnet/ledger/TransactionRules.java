// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import io.crynux.devnet.ledger.TransactionRefusedException.Reason;
import java.math.BigInteger;

/** What a transaction or call must fulfil before anything is executed. */
final class TransactionRules {
    private TransactionRules() {}

    static void check(Transaction transaction, Account sender, BigInteger baseFee, LedgerSettings settings) {
        if (transaction.chainId().isPresent() && transaction.chainId().getAsLong() != settings.chainId()) {
            throw refused(
                    Reason.WRONG_CHAIN,
                    settings.chainId(),
                    transaction.chainId().getAsLong());
        }
        if (transaction.to().isEmpty()) {
            throw new TransactionRefusedException(Reason.CONTRACT_CREATION, null);
        }
        if (transaction.gasLimit() > settings.blockGasLimit()) {
            throw refused(Reason.GAS_LIMIT_TOO_HIGH, settings.blockGasLimit(), transaction.gasLimit());
        }
        long intrinsicGas = TransactionExecutor.intrinsicGas(transaction);
        if (transaction.gasLimit() < intrinsicGas) {
            throw refused(Reason.INTRINSIC_GAS_TOO_LOW, intrinsicGas, transaction.gasLimit());
        }
        checkNonce(transaction, sender, settings);
        checkFees(transaction, baseFee);
        if (sender.balance().compareTo(transaction.maxCost()) < 0) {
            throw new TransactionRefusedException(Reason.INSUFFICIENT_FUNDS, transaction.maxCost(), sender.balance());
        }
    }

    private static void checkNonce(Transaction transaction, Account sender, LedgerSettings settings) {
        if (transaction.nonce() < sender.nonce()) {
            throw refused(Reason.NONCE_TOO_LOW, sender.nonce(), transaction.nonce());
        }
        if (!settings.nonceGaps() && transaction.nonce() > sender.nonce()) {
            throw refused(Reason.NONCE_TOO_HIGH, sender.nonce(), transaction.nonce());
        }
    }

    private static void checkFees(Transaction transaction, BigInteger baseFee) {
        if (transaction.maxPriorityFeePerGas().compareTo(transaction.maxFeePerGas()) > 0) {
            throw new TransactionRefusedException(
                    Reason.PRIORITY_FEE_ABOVE_FEE, transaction.maxFeePerGas(), transaction.maxPriorityFeePerGas());
        }
        if (transaction.maxFeePerGas().compareTo(baseFee) < 0) {
            throw new TransactionRefusedException(Reason.FEE_BELOW_BASE_FEE, baseFee, transaction.maxFeePerGas());
        }
    }

    static void check(CallRequest call, long intrinsicGas, BigInteger balance) {
        if (call.gasLimit() < intrinsicGas) {
            throw refused(Reason.INTRINSIC_GAS_TOO_LOW, intrinsicGas, call.gasLimit());
        }
        if (call.fundsChecked() && balance.compareTo(call.value()) < 0) {
            throw new TransactionRefusedException(Reason.INSUFFICIENT_FUNDS, call.value(), balance);
        }
    }

    private static TransactionRefusedException refused(Reason reason, long expected, long actual) {
        return new TransactionRefusedException(reason, BigInteger.valueOf(expected), BigInteger.valueOf(actual));
    }
}

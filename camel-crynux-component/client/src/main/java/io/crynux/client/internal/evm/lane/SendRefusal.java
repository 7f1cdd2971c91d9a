// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.internal.evm.rpc.RpcException;
import java.util.List;
import java.util.Locale;

/**
 * What a node's error on eth_sendRawTransaction proves. Nodes word errors differently and share no codes (recordings of
 * anvil, hardhat and ganache), so the words decide, and only those that are listed here prove anything.
 *
 * <p>A word is listed as {@link #INVALID} when it says that the bytes break a rule of the chain, which every node of the
 * chain holds them to: then no other node behind the same URL has them either. What one node's pool says of itself is not
 * (underpriced, pool is full, fee cap below the base fee, oversized data, fee above the configured cap, sender not
 * permitted), nor what is said of the nonce: a copy that got through earlier gives the same words. "invalid chain id" and
 * "invalid sender" are left out on purpose: the bytes are signed for the chain id that the URL has told, so such a word
 * comes from an upstream on another chain, and the right one may have them.
 */
public enum SendRefusal {
    /** No block of the chain can contain these bytes. */
    INVALID,
    /** The balance does not suffice, which has to be proven by the balance. */
    INSUFFICIENT_FUNDS,
    /** Proves nothing: the transaction may be known to the network. */
    DOUBTFUL;

    /** What an error begins with, in lower case; nodes add figures to it. What wraps these words proves nothing. */
    private static final List<String> INVALID_WORDS = List.of(
            // ethereum/go-ethereum core/error.go ErrIntrinsicGas; foundry-rs/foundry crates/anvil/src/eth/error.rs
            // GasTooLow;
            // paradigmxyz/reth crates/rpc/rpc-eth-types/src/error/mod.rs GasTooLow; NethermindEth/nethermind
            // Nethermind.Core/Messages/TxErrorMessages.cs IntrinsicGasTooLow; our recording 07c-create-gas
            "intrinsic gas too low",
            // erigontech/erigon txnprovider/txpool/txpoolcfg/txpoolcfg.go IntrinsicGas
            "intrinsicgas",
            // hyperledger/besu RpcErrorType.java INTRINSIC_GAS_EXCEEDS_LIMIT
            "intrinsic gas exceeds gas limit",
            // ethereum/go-ethereum core/txpool/errors.go ErrGasLimit; paradigmxyz/reth, as above, ExceedsGasLimit
            "exceeds block gas limit",
            // hyperledger/besu RpcErrorType.java EXCEEDS_BLOCK_GAS_LIMIT
            "transaction gas limit exceeds block gas limit",
            // foundry-rs/foundry, as above, GasTooHigh; paradigmxyz/reth GasTooHigh; our recording 07e-tx-client-errors
            "intrinsic gas too high",
            // EIP-7825: NethermindEth/nethermind TxErrorMessages.cs TxGasLimitCapExceeded
            "txgaslimitcapexceeded",
            // foundry-rs/foundry, as above, TxGasLimitGreaterThanCap
            "transaction gas limit is greater than the block gas limit",
            // ethereum/go-ethereum core/txpool/validation.go (core.ErrTxTypeNotSupported); paradigmxyz/reth
            // TxTypeNotSupported
            "transaction type not supported",
            // hyperledger/besu RpcErrorType.java INVALID_TRANSACTION_TYPE; NomicFoundation/edr
            // crates/edr_provider/src/error.rs
            // InvalidTransactionType
            "invalid transaction type",
            // NethermindEth/nethermind TxErrorMessages.cs InvalidTxType
            "invalidtxtype",
            // erigontech/erigon txpoolcfg.go TypeNotActivated
            "fork supporting this transaction type is not activated yet",
            // foundry-rs/foundry, as above, EIP1559TransactionUnsupportedAtHardfork
            "eip-1559 style fee params (maxfeepergas or maxpriorityfeepergas) received but they are not supported",
            // ethereum/go-ethereum core/error.go ErrTipAboveFeeCap; foundry-rs/foundry and paradigmxyz/reth
            // TipAboveFeeCap
            "max priority fee per gas higher than max fee per gas",
            // hyperledger/besu RpcErrorType.java MAX_PRIORITY_FEE_PER_GAS_EXCEEDS_MAX_FEE_PER_GAS
            "max priority fee per gas exceeds max fee per gas",
            // NethermindEth/nethermind TxErrorMessages.cs InvalidMaxPriorityFeePerGas
            "invalidmaxpriorityfeepergas",
            // ethereum/go-ethereum core/error.go ErrGasUintOverflow; foundry-rs/foundry and paradigmxyz/reth
            // GasUintOverflow
            "gas uint64 overflow",
            // erigontech/erigon txpoolcfg.go GasUintOverflow
            "gasuintoverflow");

    /** Anywhere in the error, since the balance has to agree. */
    private static final List<String> FUNDS_WORDS = List.of(
            // ethereum/go-ethereum core/error.go ErrInsufficientFunds; foundry-rs/foundry InsufficientFunds;
            // erigontech/erigon
            // txpoolcfg.go InsufficientFunds; NethermindEth/nethermind TxPoolErrorMessages.cs; our recording
            // 07b-create-value-over-balance
            "insufficient funds",
            // hyperledger/besu RpcErrorType.java TRANSACTION_UPFRONT_COST_EXCEEDS_BALANCE
            "upfront cost exceeds account balance",
            // our recording 07b-create-value-over-balance-hardhat2
            "doesn't have enough funds");

    public static SendRefusal of(RpcException error) {
        String words = error.rpcMessage().strip().toLowerCase(Locale.ROOT);
        if (INVALID_WORDS.stream().anyMatch(words::startsWith)) {
            return INVALID;
        }
        return FUNDS_WORDS.stream().anyMatch(words::contains) ? INSUFFICIENT_FUNDS : DOUBTFUL;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crynux.devnet.ledger.RevertReason;
import io.crynux.devnet.ledger.TransactionRefusedException;

/** Errors as anvil words them. */
final class AnvilWording implements ErrorWording {

    @Override
    public RpcException reverted(String method, String data) {
        String message = "execution reverted";
        if (RevertReason.isError(data)) {
            message += ": " + RevertReason.of(data);
        } else if (RevertReason.isPanic(data)) {
            message += ": panic: " + panic(data);
        }
        return RpcException.of(RpcException.REVERTED, message, new TextNode(data));
    }

    private static String panic(String data) {
        int code = RevertReason.panicCode(data).intValue();
        String meaning =
                switch (code) {
                    case 0x11 -> "arithmetic underflow or overflow";
                    case 0x12 -> "division or modulo by zero";
                    default -> "unknown";
                };
        return meaning + " (0x" + Integer.toHexString(code) + ")";
    }

    @Override
    public RpcException refused(String method, TransactionRefusedException refusal) {
        return switch (refusal.reason()) {
            case UNDECODABLE -> RpcException.invalidParams("Failed to decode transaction");
            case CONTRACT_CREATION ->
                RpcException.of(RpcException.SERVER_ERROR, "contract creation is not supported: this chain has no EVM");
            case WRONG_CHAIN -> rejected("invalid chain id for signer");
            case NONCE_TOO_LOW -> rejected("nonce too low");
            case NONCE_TOO_HIGH -> rejected("nonce too high");
            case INSUFFICIENT_FUNDS -> rejected("Insufficient funds for gas * price + value");
            case INTRINSIC_GAS_TOO_LOW -> intrinsicGasTooLow(method, refusal);
            case GAS_LIMIT_TOO_HIGH ->
                RpcException.of(
                        RpcException.SERVER_ERROR, "intrinsic gas too high -- tx.gas_limit > env.block.gas_limit");
            case FEE_BELOW_BASE_FEE -> rejected("max fee per gas less than block base fee");
            case PRIORITY_FEE_ABOVE_FEE -> rejected("max priority fee per gas higher than max fee per gas");
            case ALREADY_KNOWN -> rejected("transaction already imported");
            case REPLACEMENT_UNDERPRICED -> rejected("replacement transaction underpriced");
        };
    }

    private static RpcException intrinsicGasTooLow(String method, TransactionRefusedException refusal) {
        return switch (method) {
            case "eth_call" ->
                RpcException.of(RpcException.SERVER_ERROR, "intrinsic gas too high -- CallGasCostMoreThanGasLimit");
            case "eth_estimateGas" -> rejected("Out of gas: gas required exceeds allowance: " + refusal.actual());
            default -> RpcException.of(RpcException.SERVER_ERROR, "intrinsic gas too low");
        };
    }

    private static RpcException rejected(String message) {
        return RpcException.of(RpcException.TRANSACTION_REJECTED, message);
    }

    @Override
    public RpcException unknownMethod(String method, JsonNode params) {
        return RpcException.of(RpcException.METHOD_NOT_FOUND, "Method not found");
    }

    @Override
    public String clientVersion() {
        return "camel-crynux-devnet/anvil";
    }

    @Override
    public boolean takesForeignTransactions() {
        return true;
    }
}

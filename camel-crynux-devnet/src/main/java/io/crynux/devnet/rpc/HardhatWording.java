// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.ledger.RevertReason;
import io.crynux.devnet.ledger.TransactionRefusedException;

/** Errors as Hardhat 2 words them: every error repeats itself in its data. */
final class HardhatWording implements ErrorWording {

    @Override
    public RpcException reverted(String method, String data) {
        return error(RpcException.INTERNAL_ERROR, message(data), data);
    }

    private static String message(String data) {
        String start = "Error: VM Exception while processing transaction: reverted with ";
        if (RevertReason.isError(data)) {
            return start + "reason string '" + RevertReason.of(data) + "'";
        }
        if (RevertReason.isPanic(data)) {
            int code = RevertReason.panicCode(data).intValue();
            return start + "panic code 0x" + Integer.toHexString(code) + " (" + panic(code) + ")";
        }
        return "Error: Transaction reverted without a reason string";
    }

    private static String panic(int code) {
        return switch (code) {
            case 0x11 -> "Arithmetic operation overflowed outside of an unchecked block";
            case 0x12 -> "Division or modulo division by zero";
            default -> "Unknown panic code";
        };
    }

    @Override
    public RpcException refused(String method, TransactionRefusedException refusal) {
        String expected = refusal.expected().toString();
        String actual = refusal.actual().toString();
        return switch (refusal.reason()) {
            case UNDECODABLE ->
                refused(
                        RpcException.INVALID_PARAMS,
                        refusal.actual().signum() == 0
                                ? "Invalid transaction."
                                : "Invalid transaction type " + actual + ".");
            case CONTRACT_CREATION -> refused("Contract creation is not supported: this chain has no EVM.");
            case WRONG_CHAIN ->
                refused(
                        RpcException.INVALID_PARAMS,
                        "Trying to send an incompatible EIP-155 transaction, signed for another chain.");
            case NONCE_TOO_LOW -> refused(nonce("low", expected, actual));
            case NONCE_TOO_HIGH -> refused(nonce("high", expected, actual));
            case INSUFFICIENT_FUNDS ->
                refused("Sender doesn't have enough funds to send tx. The max upfront cost is: " + expected
                        + " and the sender's balance is: " + actual + ".");
            case INTRINSIC_GAS_TOO_LOW ->
                refused("Transaction requires at least " + expected + " gas but got " + actual);
            case GAS_LIMIT_TOO_HIGH ->
                refused("Transaction gas limit is " + actual + " and exceeds transaction gas cap of " + expected);
            case FEE_BELOW_BASE_FEE ->
                refused("Transaction gasPrice (" + actual
                        + ") is too low for the next block, which has a baseFeePerGas of " + expected);
            case PRIORITY_FEE_ABOVE_FEE ->
                refused("maxPriorityFeePerGas (" + actual + ") is bigger than maxFeePerGas (" + expected + ")");
            case ALREADY_KNOWN -> refused("Known transaction");
            case REPLACEMENT_UNDERPRICED -> refused("Replacement transaction underpriced.");
        };
    }

    private static String nonce(String tooWhat, String expected, String actual) {
        return "Nonce too " + tooWhat + ". Expected nonce to be " + expected + " but got " + actual
                + ". Note that transactions can't be queued when automining.";
    }

    private static RpcException refused(String message) {
        return refused(RpcException.SERVER_ERROR, message);
    }

    private static RpcException refused(int code, String message) {
        return error(code, message, null);
    }

    private static RpcException error(int code, String message, String data) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        return RpcException.of(code, message, details.put("message", message).put("data", data));
    }

    @Override
    public RpcException unknownMethod(String method, JsonNode params) {
        String message = "Method " + method + " is not supported";
        ObjectNode asked = JsonNodeFactory.instance.objectNode().put("method", method);
        asked.set("params", params);
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("message", message);
        details.set("data", asked);
        // Hardhat 2 has a code of its own here, where the specification has -32601.
        return RpcException.of(-32004, message, details);
    }

    @Override
    public String clientVersion() {
        return "camel-crynux-devnet/hardhat";
    }

    @Override
    public boolean checksFundsOfCalls() {
        return false;
    }

    @Override
    public boolean tellsRevertOnSend() {
        return true;
    }

    @Override
    public RpcException minedAndReverted(String transactionHash, String data) {
        String message = message(data);
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("message", message).put("txHash", transactionHash).put("data", data);
        return RpcException.of(RpcException.INTERNAL_ERROR, message, details);
    }
}

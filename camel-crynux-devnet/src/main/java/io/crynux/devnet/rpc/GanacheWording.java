// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.ledger.RevertReason;
import io.crynux.devnet.ledger.TransactionRefusedException;

/** Reverts as Ganache 7 words them; for transactions that are refused the wording is anvil's with Ganache's code. */
final class GanacheWording implements ErrorWording {
    private static final ErrorWording OTHERS = new AnvilWording();

    @Override
    public RpcException reverted(String method, String data) {
        // Ganache reads Error(string) only: of a panic it says no more than that it is a revert
        // (errors/runtime-error.ts).
        String reason = RevertReason.isError(data) ? RevertReason.of(data) : null;
        String message = "VM Exception while processing transaction: revert" + (reason == null ? "" : " " + reason);
        boolean estimate = method.equals("eth_estimateGas");
        String name = estimate ? "RuntimeError" : "CallError";
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("message", message);
        error.put(
                "stack",
                name + ": " + message + "\n    at " + (estimate ? "exactimate" : "Blockchain.simulateTransaction"));
        error.put("code", RpcException.SERVER_ERROR);
        error.put("name", name);
        if (estimate) {
            error.putObject("data")
                    .putNull("hash")
                    .put("result", data)
                    .put("reason", reason)
                    .put("message", "revert");
        } else {
            error.put("data", data);
        }
        return RpcException.of(error);
    }

    @Override
    public RpcException refused(String method, TransactionRefusedException refusal) {
        return RpcException.of(
                RpcException.SERVER_ERROR, OTHERS.refused(method, refusal).getMessage());
    }

    @Override
    public RpcException unknownMethod(String method, JsonNode params) {
        return RpcException.of(
                RpcException.METHOD_NOT_FOUND, "The method " + method + " does not exist/is not available");
    }

    @Override
    public String clientVersion() {
        return "camel-crynux-devnet/ganache";
    }
}

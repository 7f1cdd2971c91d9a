// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crynux.devnet.ledger.CallRequest;
import io.crynux.devnet.ledger.CallResult;
import java.math.BigInteger;
import java.util.Map;

/** Methods that read balances and nonces, and that call contracts without a transaction. */
final class AccountMethods {
    private static final String NOBODY = "0x" + "0".repeat(40);

    private final LedgerView ledger;
    private final BlockSelector blocks;
    private final ErrorWording wording;

    AccountMethods(LedgerView ledger, BlockSelector blocks, ErrorWording wording) {
        this.ledger = ledger;
        this.blocks = blocks;
        this.wording = wording;
    }

    void addTo(Map<String, RpcMethod> methods) {
        methods.put("eth_getBalance", params -> {
            long block = blocks.require(params.at(1)).number();
            return new TextNode(Render.quantity(ledger.balance(params.address(0), block)));
        });
        methods.put("eth_getTransactionCount", this::nonce);
        methods.put("eth_getCode", params -> new TextNode(ledger.code(params.address(0))));
        methods.put("eth_call", this::call);
        methods.put("eth_estimateGas", this::estimate);
    }

    private JsonNode nonce(Params params) {
        String address = params.address(0);
        long nonce = params.at(1).asText().equals("pending")
                ? ledger.pendingNonce(address)
                : ledger.nonce(address, blocks.require(params.at(1)).number());
        return new TextNode(Render.quantity(nonce));
    }

    private JsonNode call(Params params) {
        CallResult result = execute(params);
        if (!result.succeeded()) {
            throw wording.reverted("eth_call", result.output());
        }
        return new TextNode(result.output());
    }

    private JsonNode estimate(Params params) {
        CallResult result = execute(params);
        if (!result.succeeded()) {
            throw wording.reverted("eth_estimateGas", result.output());
        }
        return new TextNode(Render.quantity(result.gasNeeded()));
    }

    private CallResult execute(Params params) {
        JsonNode call = params.at(0);
        if (!call.isObject()) {
            throw RpcException.invalidParams("invalid or missing call");
        }
        JsonNode data = Params.absent(call.path("input")) ? call.path("data") : call.path("input");
        long limit = ledger.settings().blockGasLimit();
        CallRequest request = new CallRequest(
                Params.absent(call.path("from")) ? NOBODY : Params.address(call.path("from")),
                Params.address(call.path("to")),
                Params.absent(call.path("gas")) ? limit : Math.min(limit, Params.count(call.path("gas"))),
                Params.absent(call.path("value")) ? BigInteger.ZERO : Params.quantity(call.path("value")),
                Params.absent(data) ? "0x" : Params.data(data),
                wording.checksFundsOfCalls());
        return ledger.call(request, blocks.require(params.at(1)).number());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crynux.devnet.ledger.Block;
import io.crynux.devnet.ledger.LocatedLog;
import io.crynux.devnet.ledger.MinedTransaction;
import io.crynux.devnet.ledger.TransactionReceipt;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods that read blocks, and the logs in them. */
final class BlockMethods {
    private final LedgerView ledger;
    private final BlockSelector blocks;
    private final long maxLogRange;

    BlockMethods(LedgerView ledger, BlockSelector blocks, long maxLogRange) {
        this.ledger = ledger;
        this.blocks = blocks;
        this.maxLogRange = maxLogRange;
    }

    void addTo(Map<String, RpcMethod> methods) {
        methods.put(
                "eth_blockNumber",
                params -> new TextNode(Render.quantity(ledger.head().number())));
        methods.put("eth_getBlockByNumber", params -> block(blocks.find(params.at(0)), params));
        methods.put("eth_getBlockByHash", params -> block(ledger.block(params.hash(0)), params));
        methods.put("eth_getBlockReceipts", this::receipts);
        methods.put("eth_getLogs", this::logs);
    }

    private static JsonNode block(Optional<Block> block, Params params) {
        boolean full = params.at(1).asBoolean(false);
        return block.<JsonNode>map(found -> Render.block(found, full)).orElse(NullNode.instance);
    }

    private JsonNode receipts(Params params) {
        JsonNode which = params.at(0);
        boolean byHash = which.isTextual() && which.textValue().length() == 66;
        Optional<Block> block = byHash ? ledger.block(params.hash(0)) : blocks.find(which);
        if (block.isEmpty()) {
            return NullNode.instance;
        }
        ArrayNode receipts = JsonNodeFactory.instance.arrayNode();
        for (TransactionReceipt receipt : block.get().receipts()) {
            receipts.add(Render.receipt(new MinedTransaction(block.get(), receipt)));
        }
        return receipts;
    }

    private JsonNode logs(Params params) {
        JsonNode filter = params.at(0);
        if (!filter.isObject()) {
            throw RpcException.invalidParams("invalid or missing filter");
        }
        LogFilter accepted = new LogFilter(filter);
        ArrayNode logs = JsonNodeFactory.instance.arrayNode();
        for (Block block : inRange(filter)) {
            for (LocatedLog log : block.logs()) {
                if (accepted.accepts(log.log())) {
                    logs.add(Render.log(log, false));
                }
            }
        }
        return logs;
    }

    private List<Block> inRange(JsonNode filter) {
        JsonNode hash = filter.path("blockHash");
        if (!Params.absent(hash)) {
            Block block = ledger.block(Params.hash(hash))
                    .orElseThrow(() -> RpcException.of(RpcException.SERVER_ERROR, "unknown block"));
            return List.of(block);
        }
        long head = ledger.head().number();
        long from = blocks.number(filter.path("fromBlock"));
        long wantedTo = blocks.number(filter.path("toBlock"));
        if (from > wantedTo) {
            throw RpcException.invalidParams("invalid block range params");
        }
        if (from > head) {
            throw blocks.outOfRange(from);
        }
        long to = Math.min(wantedTo, head);
        if (to - from >= maxLogRange) {
            throw RpcException.of(RpcException.LIMIT_EXCEEDED, "query exceeds max block range " + maxLogRange);
        }
        return ledger.blocks(from, to);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crynux.devnet.ledger.Block;
import io.crynux.devnet.ledger.TransactionReceipt;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Methods about the chain as a whole: what it is, and what gas costs. */
final class NetworkMethods {
    /** The priority fee that is recommended: 1 gwei. */
    private static final BigInteger PRIORITY_FEE = BigInteger.valueOf(1_000_000_000);

    private static final int MAX_FEE_HISTORY = 1024;

    private final LedgerView ledger;
    private final BlockSelector blocks;
    private final ErrorWording wording;

    NetworkMethods(LedgerView ledger, BlockSelector blocks, ErrorWording wording) {
        this.ledger = ledger;
        this.blocks = blocks;
        this.wording = wording;
    }

    void addTo(Map<String, RpcMethod> methods) {
        long chainId = ledger.settings().chainId();
        methods.put("web3_clientVersion", params -> new TextNode(wording.clientVersion()));
        methods.put("net_version", params -> new TextNode(Long.toString(chainId)));
        methods.put("eth_chainId", params -> new TextNode(Render.quantity(chainId)));
        methods.put("eth_syncing", params -> BooleanNode.FALSE);
        // The accounts are the users': this node signs for nobody.
        methods.put("eth_accounts", params -> JsonNodeFactory.instance.arrayNode());
        methods.put(
                "eth_gasPrice", params -> new TextNode(Render.quantity(baseFee().add(PRIORITY_FEE))));
        methods.put("eth_maxPriorityFeePerGas", params -> new TextNode(Render.quantity(PRIORITY_FEE)));
        methods.put("eth_feeHistory", this::feeHistory);
    }

    private BigInteger baseFee() {
        return ledger.baseFee();
    }

    private JsonNode feeHistory(Params params) {
        long count = Math.min(MAX_FEE_HISTORY, Params.count(params.at(0)));
        long newest = blocks.require(params.at(1)).number();
        List<Double> percentiles = percentiles(params.at(2));
        ObjectNode history = JsonNodeFactory.instance.objectNode();
        history.put("oldestBlock", Render.quantity(Math.max(0, newest - count + 1)));
        ArrayNode baseFees = history.putArray("baseFeePerGas");
        ArrayNode ratios = history.putArray("gasUsedRatio");
        ArrayNode rewards = percentiles.isEmpty() ? null : history.putArray("reward");
        for (Block block : ledger.blocks(newest - count + 1, newest)) {
            baseFees.add(Render.quantity(block.header().baseFee()));
            ratios.add((double) block.header().gasUsed() / block.header().gasLimit());
            if (rewards != null) {
                rewards.add(rewards(block, percentiles));
            }
        }
        baseFees.add(Render.quantity(baseFeeAfter(newest)));
        return history;
    }

    private BigInteger baseFeeAfter(long number) {
        return ledger.block(number + 1).map(block -> block.header().baseFee()).orElseGet(this::baseFee);
    }

    private static List<Double> percentiles(JsonNode param) {
        List<Double> percentiles = new ArrayList<>();
        for (JsonNode percentile : param) {
            if (!percentile.isNumber() || percentile.doubleValue() < 0 || percentile.doubleValue() > 100) {
                throw RpcException.invalidParams("invalid percentile");
            }
            percentiles.add(percentile.doubleValue());
        }
        return percentiles;
    }

    /** For each percentile of the gas used the priority fee that was paid there; zeros for an empty block. */
    private static ArrayNode rewards(Block block, List<Double> percentiles) {
        List<TransactionReceipt> byFee = new ArrayList<>(block.receipts());
        byFee.sort(Comparator.comparing(TransactionReceipt::effectiveGasPrice));
        ArrayNode rewards = JsonNodeFactory.instance.arrayNode();
        for (double percentile : percentiles) {
            double threshold = block.header().gasUsed() * percentile / 100;
            BigInteger price = block.header().baseFee();
            long gas = 0;
            for (TransactionReceipt receipt : byFee) {
                price = receipt.effectiveGasPrice();
                gas += receipt.gasUsed();
                if (gas >= threshold) {
                    break;
                }
            }
            rewards.add(Render.quantity(price.subtract(block.header().baseFee())));
        }
        return rewards;
    }
}

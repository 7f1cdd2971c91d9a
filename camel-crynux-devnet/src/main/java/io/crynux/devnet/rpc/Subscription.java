// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crynux.devnet.ledger.Block;
import io.crynux.devnet.ledger.LocatedLog;
import io.crynux.devnet.ledger.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One eth_subscribe: makes the results of its notifications. */
interface Subscription {

    /** Notifications for a block that a reorg has replaced. */
    default List<JsonNode> removed(Block block) {
        return List.of();
    }

    /** Notifications for a new block. */
    default List<JsonNode> added(Block block) {
        return List.of();
    }

    /** Notifications for a transaction that waits for a block. */
    default List<JsonNode> waiting(Transaction transaction) {
        return List.of();
    }

    /** Reads the parameters of eth_subscribe. */
    static Subscription of(Params params) {
        String kind = params.at(0).asText();
        return switch (kind) {
            case "newHeads" -> new NewHeads();
            case "logs" -> new Logs(new LogFilter(params.at(1)));
            case "newPendingTransactions" ->
                new PendingTransactions(params.at(1).asBoolean(false));
            default -> throw RpcException.invalidParams("no \"" + kind + "\" subscription in eth namespace");
        };
    }

    /** Each new block with the hashes of its transactions, as anvil sends it. */
    record NewHeads() implements Subscription {
        @Override
        public List<JsonNode> added(Block block) {
            return List.of(Render.block(block, false));
        }
    }

    /** Logs; those that a reorg reverts are sent again, the newest first. */
    record Logs(LogFilter filter) implements Subscription {
        @Override
        public List<JsonNode> added(Block block) {
            return render(block, false);
        }

        @Override
        public List<JsonNode> removed(Block block) {
            List<JsonNode> logs = render(block, true);
            Collections.reverse(logs);
            return logs;
        }

        private List<JsonNode> render(Block block, boolean removed) {
            List<JsonNode> logs = new ArrayList<>();
            for (LocatedLog log : block.logs()) {
                if (filter.accepts(log.log())) {
                    logs.add(Render.log(log, removed));
                }
            }
            return logs;
        }
    }

    /** Transactions that have come, by hash or in full. */
    record PendingTransactions(boolean full) implements Subscription {
        @Override
        public List<JsonNode> waiting(Transaction transaction) {
            return List.of(full ? Render.pendingTransaction(transaction) : new TextNode(transaction.hash()));
        }
    }
}

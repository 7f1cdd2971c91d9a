// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.ledger.Block;
import io.crynux.devnet.ledger.BlockHeader;
import io.crynux.devnet.ledger.LocatedLog;
import io.crynux.devnet.ledger.Log;
import io.crynux.devnet.ledger.MinedTransaction;
import io.crynux.devnet.ledger.Transaction;
import io.crynux.devnet.ledger.TransactionReceipt;
import java.math.BigInteger;
import java.util.List;
import org.web3j.utils.Numeric;

/** Blocks, transactions, receipts and logs as JSON, in the field names of anvil. */
final class Render {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Render() {}

    static String quantity(BigInteger value) {
        return Numeric.encodeQuantity(value);
    }

    static String quantity(long value) {
        return "0x" + Long.toHexString(value);
    }

    static ObjectNode block(Block block, boolean fullTransactions) {
        BlockHeader header = block.header();
        ObjectNode json = JSON.objectNode();
        json.put("hash", block.hash());
        json.put("parentHash", header.parentHash());
        json.put("sha3Uncles", BlockHeader.NO_UNCLES);
        json.put("miner", header.miner());
        json.put("stateRoot", header.stateRoot());
        json.put("transactionsRoot", header.transactionsRoot());
        json.put("receiptsRoot", header.receiptsRoot());
        json.put("logsBloom", header.logsBloom());
        json.put("difficulty", "0x0");
        json.put("number", quantity(header.number()));
        json.put("gasLimit", quantity(header.gasLimit()));
        json.put("gasUsed", quantity(header.gasUsed()));
        json.put("timestamp", quantity(header.timestamp()));
        json.put("extraData", "0x");
        json.put("mixHash", header.mixHash());
        json.put("nonce", BlockHeader.ZERO_NONCE);
        json.put("baseFeePerGas", quantity(header.baseFee()));
        json.put("totalDifficulty", "0x0");
        json.put("size", quantity(block.size()));
        json.putArray("uncles");
        ArrayNode transactions = json.putArray("transactions");
        for (TransactionReceipt receipt : block.receipts()) {
            if (fullTransactions) {
                transactions.add(transaction(new MinedTransaction(block, receipt)));
            } else {
                transactions.add(receipt.transaction().hash());
            }
        }
        return json;
    }

    static ObjectNode transaction(MinedTransaction mined) {
        TransactionReceipt receipt = mined.receipt();
        ObjectNode json = transaction(receipt.transaction(), receipt.effectiveGasPrice());
        json.put("blockHash", mined.block().hash());
        json.put("blockNumber", quantity(mined.block().number()));
        json.put("transactionIndex", quantity(receipt.index()));
        json.put("blockTimestamp", quantity(mined.block().timestamp()));
        return json;
    }

    static ObjectNode pendingTransaction(Transaction transaction) {
        ObjectNode json = transaction(transaction, transaction.maxFeePerGas());
        json.putNull("blockHash");
        json.putNull("blockNumber");
        json.putNull("transactionIndex");
        return json;
    }

    private static ObjectNode transaction(Transaction transaction, BigInteger gasPrice) {
        ObjectNode json = JSON.objectNode();
        json.put("type", quantity(transaction.type()));
        transaction.chainId().ifPresent(id -> json.put("chainId", quantity(id)));
        json.put("nonce", quantity(transaction.nonce()));
        json.put("gasPrice", quantity(gasPrice));
        json.put("gas", quantity(transaction.gasLimit()));
        if (transaction.type() == 2) {
            json.put("maxFeePerGas", quantity(transaction.maxFeePerGas()));
            json.put("maxPriorityFeePerGas", quantity(transaction.maxPriorityFeePerGas()));
        }
        json.put("to", transaction.to());
        json.put("value", quantity(transaction.value()));
        json.put("input", transaction.data());
        json.put("r", quantity(transaction.r()));
        json.put("s", quantity(transaction.s()));
        if (transaction.type() != 0) {
            accessList(json.putArray("accessList"), transaction.accessList());
            json.put("yParity", quantity(transaction.v()));
        }
        json.put("v", quantity(transaction.v()));
        json.put("hash", transaction.hash());
        json.put("from", transaction.from());
        return json;
    }

    private static void accessList(ArrayNode json, List<Transaction.AccessTuple> tuples) {
        for (Transaction.AccessTuple tuple : tuples) {
            ObjectNode entry = json.addObject().put("address", tuple.address());
            ArrayNode keys = entry.putArray("storageKeys");
            tuple.storageKeys().forEach(keys::add);
        }
    }

    static ObjectNode receipt(MinedTransaction mined) {
        TransactionReceipt receipt = mined.receipt();
        Transaction transaction = receipt.transaction();
        ObjectNode json = JSON.objectNode();
        json.put("type", quantity(transaction.type()));
        json.put("status", receipt.succeeded() ? "0x1" : "0x0");
        json.put("cumulativeGasUsed", quantity(receipt.cumulativeGasUsed()));
        ArrayNode logs = json.putArray("logs");
        int index = receipt.firstLogIndex();
        for (Log log : receipt.logs()) {
            logs.add(log(new LocatedLog(log, mined.block(), receipt, index++), false));
        }
        json.put("logsBloom", receipt.logsBloom());
        json.put("transactionHash", transaction.hash());
        json.put("transactionIndex", quantity(receipt.index()));
        json.put("blockHash", mined.block().hash());
        json.put("blockNumber", quantity(mined.block().number()));
        json.put("gasUsed", quantity(receipt.gasUsed()));
        json.put("effectiveGasPrice", quantity(receipt.effectiveGasPrice()));
        json.put("blobGasPrice", "0x1");
        json.put("from", transaction.from());
        json.put("to", transaction.to());
        json.putNull("contractAddress");
        // A plain number here and a quantity in the logs: that is how anvil has it.
        json.put("blockTimestamp", mined.block().timestamp());
        return json;
    }

    /** @param removed whether a reorg has taken it back */
    static ObjectNode log(LocatedLog located, boolean removed) {
        ObjectNode json = JSON.objectNode();
        json.put("address", located.log().address());
        ArrayNode topics = json.putArray("topics");
        located.log().topics().forEach(topics::add);
        json.put("data", located.log().data());
        json.put("blockHash", located.block().hash());
        json.put("blockNumber", quantity(located.block().number()));
        json.put("blockTimestamp", quantity(located.block().timestamp()));
        json.put("transactionHash", located.receipt().transaction().hash());
        json.put("transactionIndex", quantity(located.receipt().index()));
        json.put("logIndex", quantity(located.logIndex()));
        json.put("removed", removed);
        return json;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crynux.devnet.ledger.MinedTransaction;
import io.crynux.devnet.ledger.TransactionRefusedException;
import java.util.Map;
import java.util.Optional;
import org.web3j.crypto.Hash;

/** Methods that accept transactions and return their state. */
final class TransactionMethods {
    private final LedgerView ledger;
    private final ErrorWording wording;

    TransactionMethods(LedgerView ledger, ErrorWording wording) {
        this.ledger = ledger;
        this.wording = wording;
    }

    void addTo(Map<String, RpcMethod> methods) {
        methods.put("eth_sendRawTransaction", this::send);
        methods.put("eth_getTransactionByHash", this::byHash);
        methods.put("eth_getTransactionReceipt", this::receipt);
    }

    private JsonNode send(Params params) {
        String raw = params.data(0);
        String hash;
        try {
            hash = ledger.submit(raw).hash();
        } catch (TransactionRefusedException e) {
            if (e.reason() == TransactionRefusedException.Reason.WRONG_CHAIN && wording.takesForeignTransactions()) {
                return new TextNode(Hash.sha3(raw));
            }
            throw e;
        }
        if (wording.tellsRevertOnSend()) {
            ledger.transaction(hash)
                    .filter(mined -> !mined.receipt().succeeded())
                    .ifPresent(mined -> {
                        throw wording.minedAndReverted(hash, mined.receipt().output());
                    });
        }
        return new TextNode(hash);
    }

    private JsonNode byHash(Params params) {
        String hash = params.hash(0);
        Optional<MinedTransaction> mined = ledger.transaction(hash);
        if (mined.isPresent()) {
            return Render.transaction(mined.get());
        }
        return ledger.pendingTransaction(hash)
                .<JsonNode>map(Render::pendingTransaction)
                .orElse(NullNode.instance);
    }

    private JsonNode receipt(Params params) {
        return ledger.transaction(params.hash(0)).<JsonNode>map(Render::receipt).orElse(NullNode.instance);
    }
}

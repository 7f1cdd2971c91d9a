// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.ledger.Block;
import java.util.Optional;

/** Finds the block that a parameter names: a tag, a number, or a hash. */
final class BlockSelector {
    /** How far behind the newest block the tags safe and finalized are: an epoch of 32 blocks, and two. */
    private static final int SAFE_DEPTH = 32;

    private static final int FINALIZED_DEPTH = 64;

    private final LedgerView ledger;

    BlockSelector(LedgerView ledger) {
        this.ledger = ledger;
    }

    /** The number that a tag or quantity stands for; the block need not exist. Latest when there is no parameter. */
    long number(JsonNode param) {
        if (Params.absent(param)) {
            return latest();
        }
        return switch (param.asText()) {
            case "latest", "pending" -> latest();
            case "earliest" -> 0;
            case "safe" -> Math.max(0, latest() - SAFE_DEPTH);
            case "finalized" -> Math.max(0, latest() - FINALIZED_DEPTH);
            default -> Params.count(param);
        };
    }

    private long latest() {
        return ledger.head().number();
    }

    /** The block that a tag, a number or an object by EIP-1898 names. */
    Optional<Block> find(JsonNode param) {
        if (param.isObject()) {
            return param.has("blockHash")
                    ? ledger.block(Params.hash(param.path("blockHash")))
                    : ledger.block(number(param.path("blockNumber")));
        }
        return ledger.block(number(param));
    }

    /** The block that the parameter names, or an error in the words of anvil. */
    Block require(JsonNode param) {
        return find(param).orElseThrow(() -> {
            JsonNode number = param.isObject() ? param.path("blockNumber") : param;
            return param.has("blockHash")
                    ? RpcException.of(RpcException.SERVER_ERROR, "unknown block")
                    : outOfRange(number(number));
        });
    }

    RpcException outOfRange(long number) {
        return RpcException.invalidParams(
                "BlockOutOfRangeError: block height is " + latest() + " but requested was " + number);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import io.crynux.devnet.chain.ChainAccess.Fate;

/** One transaction that a node owes to a task: sent until it is on the chain, and again when a reorg has reverted it. */
final class NodeStep {
    /** The contract's reason when an earlier transaction has done the same. */
    private static final String DONE_BEFORE = "Already submitted";

    private String hash;
    private int failures;

    /** Whether the transaction is sent and, as far as is known, neither lost nor reverted. */
    boolean sent() {
        return hash != null;
    }

    void sent(String transactionHash) {
        hash = transactionHash;
    }

    void failed() {
        failures++;
    }

    /** How often the chain has refused or reverted it. */
    int failures() {
        return failures;
    }

    /** The transaction that was sent; null for none. */
    String hash() {
        return hash;
    }

    /** Handles the state of the transaction; one that is lost or reverted must be sent again. */
    void learn(Fate fate) {
        switch (fate.kind()) {
            case UNKNOWN -> hash = null;
            case REVERTED -> {
                // An earlier transaction has done it. A reorg that drops that one drops this later one, too.
                if (!fate.reason().equals(DONE_BEFORE)) {
                    hash = null;
                    failures++;
                }
            }
            default -> failures = 0;
        }
    }

    /** The transaction must be sent again. */
    void reset() {
        hash = null;
        failures = 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import io.crynux.devnet.chain.ChainAccess.Fate;

/** One transaction that a node owes to a task, sent until the chain has taken it and again when a reorg has undone it. */
final class NodeStep {
    /** What the contract says of what it has already: an earlier transaction has done it. */
    private static final String DONE_BEFORE = "Already submitted";

    private String hash;
    private int failures;

    /** Whether nothing is to be done, as far as is known. */
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

    /** Learns what has become of the transaction; one that is lost or was in vain is to be sent again. */
    void learn(Fate fate) {
        switch (fate.kind()) {
            case UNKNOWN -> hash = null;
            case REVERTED -> {
                // One that came after the deed goes with it when a reorg drops both: so long it stands for the deed.
                if (!fate.reason().equals(DONE_BEFORE)) {
                    hash = null;
                    failures++;
                }
            }
            default -> failures = 0;
        }
    }

    /** Has it done anew. */
    void reset() {
        hash = null;
        failures = 0;
    }
}

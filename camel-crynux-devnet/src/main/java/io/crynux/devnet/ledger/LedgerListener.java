// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.util.List;

/**
 * Gets the changes of a ledger, in their order. Called while the ledger is locked: it must not wait, and
 * leaves what takes long to another thread.
 */
public interface LedgerListener {

    /**
     * Blocks were replaced by others.
     *
     * @param removed the newest first; none but in a reorg
     * @param added in their order
     */
    void blocks(List<Block> removed, List<Block> added);

    /** A transaction was taken and waits for a block. */
    void waiting(Transaction transaction);
}

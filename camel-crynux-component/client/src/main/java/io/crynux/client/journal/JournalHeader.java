// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

/**
 * The first line of a journal file.
 *
 * @param crynuxJournal version of the format
 * @param genesisHash null where the node that was used first does not have block 0
 */
record JournalHeader(int crynuxJournal, long chainId, String genesisHash, String contract) {
    static final int VERSION = 1;

    static JournalHeader of(JournalScope scope) {
        return new JournalHeader(VERSION, scope.chainId(), scope.genesisHash(), scope.contract());
    }

    /** Whether both are of one network; a block 0 that is not known says nothing. */
    boolean fits(JournalHeader other) {
        return chainId == other.chainId
                && contract.equals(other.contract)
                && (genesisHash == null
                        || other.genesisHash == null
                        || genesisHash.equalsIgnoreCase(other.genesisHash));
    }

    String describe() {
        return "chain " + chainId + (genesisHash == null ? "" : " (genesis " + genesisHash + ")") + ", contract "
                + contract;
    }
}

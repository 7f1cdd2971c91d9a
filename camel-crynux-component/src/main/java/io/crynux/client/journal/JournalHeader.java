// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

/**
 * The first line of a journal file.
 *
 * @param crynuxJournal version of the format
 */
record JournalHeader(int crynuxJournal, long chainId, String genesisHash, String contract) {
    static final int VERSION = 1;

    static JournalHeader of(JournalScope scope) {
        return new JournalHeader(VERSION, scope.chainId(), scope.genesisHash(), scope.contract());
    }

    String describe() {
        return "chain " + chainId + " (genesis " + genesisHash + "), contract " + contract;
    }
}

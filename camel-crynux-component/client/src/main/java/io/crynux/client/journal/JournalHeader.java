// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;

/**
 * The first line of a journal file.
 *
 * @param crynuxJournal version of the format
 * @param id tells the journal apart from every other one, and stays when the file is written anew; null in version 1
 * @param genesisHash null where the node that was used first does not have block 0
 */
record JournalHeader(
        int crynuxJournal,
        @JsonInclude(JsonInclude.Include.NON_NULL) String id,
        long chainId,
        String genesisHash,
        String contract) {
    static final int VERSION = 2;
    /** Lines of {@link Version1Journal}. */
    static final int VERSION_1 = 1;

    /** The header of a new journal. */
    static JournalHeader of(JournalScope scope) {
        return new JournalHeader(
                VERSION,
                UUID.randomUUID().toString().replace("-", ""),
                scope.chainId(),
                scope.genesisHash(),
                scope.contract());
    }

    /** That journal, of which block 0 may be known by now. */
    JournalHeader knowing(String newGenesisHash) {
        return genesisHash == null ? new JournalHeader(crynuxJournal, id, chainId, newGenesisHash, contract) : this;
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

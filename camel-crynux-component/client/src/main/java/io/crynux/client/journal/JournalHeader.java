// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * The first line of a journal file.
 *
 * @param crynuxJournal version of the format
 * @param id distinguishes the journal from every other one, and stays when the file is written anew
 * @param network the network that it belongs to
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JournalHeader(int crynuxJournal, String id, NetworkIdentity network) {
    static final int VERSION = 3;
    /** Lines of {@link Version1Journal}. */
    static final int VERSION_1 = 1;
    /** Lines of {@link Version2Journal}. */
    static final int VERSION_2 = 2;

    /** The header of a new journal. */
    static JournalHeader of(NetworkIdentity network) {
        return new JournalHeader(VERSION, UUID.randomUUID().toString().replace("-", ""), network);
    }

    /** The header in some JSON; of an older version, whose journals were all of chains, as one of today's. */
    static JournalHeader of(JsonNode json) {
        if (version(json) == VERSION) {
            return JournalFrame.value(json, JournalHeader.class);
        }
        long chainId = json.path("chainId").asLong();
        String contract = json.path("contract").asText();
        String genesis = json.path("genesisHash").textValue();
        NetworkIdentity network = new NetworkIdentity(
                "chain",
                chainId + ":" + contract,
                genesis,
                "chain " + chainId + (genesis == null ? "" : " (genesis " + genesis + ")") + ", contract " + contract);
        String known = json.path("id").textValue();
        return new JournalHeader(VERSION, known == null ? of(network).id() : known, network);
    }

    /** Version of the format that a header is of. */
    static int version(JsonNode json) {
        return json.path("crynuxJournal").asInt();
    }

    /** That journal, of whose network more may be known by now. */
    JournalHeader knowing(NetworkIdentity configured) {
        return network.fingerprint() == null ? new JournalHeader(crynuxJournal, id, configured) : this;
    }
}

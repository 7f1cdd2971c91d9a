// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.testing.TaskJournalContract;

/** A journal in memory does what every journal does, as long as it is open. */
class InMemoryTaskJournalContractTest extends TaskJournalContract {
    private final InMemoryTaskJournal journal = new InMemoryTaskJournal();

    @Override
    protected TaskJournal journal() {
        return journal;
    }
}

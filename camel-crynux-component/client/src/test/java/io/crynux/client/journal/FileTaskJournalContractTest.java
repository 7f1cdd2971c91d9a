// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.testing.TaskJournalContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A journal in a directory does what every journal does. */
class FileTaskJournalContractTest extends TaskJournalContract {
    @TempDir
    Path directory;

    @Override
    protected TaskJournal journal() {
        return new FileTaskJournal(directory.toString());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.journal.TaskJournal;
import org.apache.camel.Converter;

/** Converts the text of a property to a journal: {@code camel.component.crynux.taskJournal = file:data/crynux}. */
@Converter(generateLoader = true)
public final class TaskJournalConverter {

    private TaskJournalConverter() {}

    /** @throws IllegalArgumentException when the text does not name a journal; see {@link TaskJournal#of} */
    @Converter
    public static TaskJournal toJournal(String text) {
        return TaskJournal.of(text);
    }
}

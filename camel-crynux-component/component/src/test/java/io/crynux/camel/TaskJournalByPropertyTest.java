// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.journal.InMemoryTaskJournal;
import io.crynux.client.journal.TaskJournal;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A property names the journal, as {@code camel.component.crynux.taskJournal} does. */
class TaskJournalByPropertyTest {
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private TaskJournal journal(String property) {
        CrynuxComponent crynux = context.getComponent("crynux", CrynuxComponent.class);
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(crynux)
                .withConfigurer(crynux.getComponentPropertyConfigurer())
                .withProperty("taskJournal", property)
                .bind();
        return crynux.getTaskJournal();
    }

    @Test
    void memoryIsTheOneInMemory() {
        assertThat(journal("memory")).isInstanceOf(InMemoryTaskJournal.class);
    }

    @Test
    void aDirectoryIsAJournalOfFilesThere() {
        assertThat(journal("file:target/journal by property"))
                .isInstanceOf(FileTaskJournal.class)
                .hasToString("FileTaskJournal[target/journal by property]");
    }

    @Test
    void aBeanIsFoundAsBefore() {
        TaskJournal bean = new InMemoryTaskJournal();
        context.getRegistry().bind("own", bean);

        assertThat(journal("#bean:own")).isSameAs(bean);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:", "file: ", "files:data", "data/crynux", "MEMORY"})
    void anythingElseIsRefusedWithWhatItCanBe(String property) {
        assertThatThrownBy(() -> journal(property))
                .rootCause()
                .hasMessageContaining("it must be memory, or file: and a directory, such as file:data/crynux");
    }
}

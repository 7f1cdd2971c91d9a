// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.settings.CreateTaskArguments;
import org.junit.jupiter.api.Test;

/** The byte code tells which createTask a contract has. */
class CreateTaskFormTest {

    @Test
    void theSelectorIsComparedSomewhereInTheCode() {
        assertThat(CreateTaskForm.in("0x6080604052348015600f57600080fd5b5060e063043B438F14610100575b"))
                .contains(CreateTaskArguments.FIVE);
        assertThat(CreateTaskForm.in("0x6080604052348015600f57600080fd5b5060e063b8300eaa14610100575b"))
                .contains(CreateTaskArguments.SEVEN);
    }

    @Test
    void aProxyTellsNothing() {
        assertThat(CreateTaskForm.in(
                        "0x363d3d373d3d3d363d73bebebebebebebebebebebebebebebebebebebebe5af43d82803e903d91602b57fd5bf3"))
                .isEmpty();
        assertThat(CreateTaskForm.in("0x63043b438f63b8300eaa")).isEmpty();
    }
}

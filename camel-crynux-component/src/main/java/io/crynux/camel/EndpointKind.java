// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.task.TaskKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an endpoint does: the path of its URI. */
enum EndpointKind {
    SD(TaskKind.SD),
    GPT(TaskKind.GPT),
    SD_FT_LORA(TaskKind.SD_FT_LORA);

    private final TaskKind taskKind;

    EndpointKind(TaskKind taskKind) {
        this.taskKind = taskKind;
    }

    TaskKind taskKind() {
        return taskKind;
    }

    String path() {
        return taskKind.id();
    }

    /** @throws IllegalArgumentException with the list of kinds that there are */
    static EndpointKind of(String path) {
        return Arrays.stream(values())
                .filter(kind -> kind.path().equals(path.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("crynux:" + path + " is not known; use one of "
                        + Arrays.stream(values())
                                .map(kind -> "crynux:" + kind.path())
                                .collect(Collectors.joining(", "))));
    }
}

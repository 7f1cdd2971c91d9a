// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.task.TaskKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kind of an endpoint: the path of its URI. */
enum EndpointKind {
    SD("sd", TaskKind.SD, true, true),
    GPT("gpt", TaskKind.GPT, true, true),
    SD_FT_LORA("sd-ft-lora", TaskKind.SD_FT_LORA, true, true),
    EVENTS("events", null, false, true),
    TASK("task", null, true, false),
    WALLET("wallet", null, true, true),
    NETWORK("network", null, true, false);

    private final String path;
    private final TaskKind taskKind;
    private final boolean to;
    private final boolean from;

    EndpointKind(String path, TaskKind taskKind, boolean to, boolean from) {
        this.path = path;
        this.taskKind = taskKind;
        this.to = to;
        this.from = from;
    }

    /** The kind of task that the endpoint runs or consumes events of; empty for tasks of any kind. */
    Optional<TaskKind> taskKind() {
        return Optional.ofNullable(taskKind);
    }

    String path() {
        return path;
    }

    /** @throws UnsupportedOperationException when a route cannot send to it */
    void requireProducer() {
        if (!to) {
            throw new UnsupportedOperationException(
                    "crynux:" + path + " has no producer; use it in from(\"crynux:" + path + "\")");
        }
    }

    /** @throws UnsupportedOperationException when a route cannot begin with it */
    void requireConsumer() {
        if (!from) {
            throw new UnsupportedOperationException(
                    "crynux:" + path + " has no consumer; use it in to(\"crynux:" + path + "\")");
        }
    }

    /** @throws IllegalArgumentException with the known kinds */
    static EndpointKind of(String path) {
        return Arrays.stream(values())
                .filter(kind -> kind.path.equals(path.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("crynux:" + path + " is not known; use one of "
                        + Arrays.stream(values())
                                .map(kind -> "crynux:" + kind.path)
                                .collect(Collectors.joining(", "))));
    }
}

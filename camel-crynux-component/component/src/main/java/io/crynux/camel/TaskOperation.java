// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.camel.Producer;

/** What crynux:task does with a task: the option operation. */
enum TaskOperation {
    STATUS,
    RESULT,
    CANCEL,
    RESUME;

    Producer producer(CrynuxEndpoint endpoint) {
        return switch (this) {
            case STATUS -> new StatusProducer(endpoint);
            case RESULT -> new ResultProducer(endpoint);
            case CANCEL -> new CancelProducer(endpoint);
            case RESUME -> new ResumeProducer(endpoint);
        };
    }

    /** @throws IllegalArgumentException with the list of operations that there are */
    static TaskOperation of(String name) {
        return Arrays.stream(values())
                .filter(operation -> operation.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException((name == null
                                ? "Option operation of crynux:task is missing; set it to one of "
                                : "Option operation is '" + name + "'; it must be one of ")
                        + Arrays.stream(values())
                                .map(operation -> operation.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}

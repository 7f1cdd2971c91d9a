// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.util.Locale;
import org.apache.camel.Producer;

/** The operations of crynux:task: the option operation. */
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

    /** @throws IllegalArgumentException with the operations, when it is missing or none of them */
    static TaskOperation of(String name) {
        Option option = OptionTable.row("operation");
        if (name == null) {
            throw new IllegalArgumentException("Option operation of crynux:task is missing; set it to "
                    + option.range().text());
        }
        option.check(name);
        return valueOf(name.trim().toUpperCase(Locale.ROOT));
    }
}

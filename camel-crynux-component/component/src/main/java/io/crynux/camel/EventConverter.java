// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.event.TaskEvent;
import org.apache.camel.Converter;

/** Converts the body of an exchange from {@code crynux:events} to a typed event. */
@Converter(generateLoader = true)
public final class EventConverter {

    private EventConverter() {}

    @Converter
    public static TaskEvent toEvent(String json) {
        return TaskEvent.parse(json);
    }
}

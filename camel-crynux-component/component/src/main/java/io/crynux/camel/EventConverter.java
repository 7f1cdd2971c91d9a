// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.event.TaskEvent;
import org.apache.camel.Converter;

/** Makes a typed event of the body of an exchange that {@code crynux:events} has made. */
@Converter(generateLoader = true)
public final class EventConverter {

    private EventConverter() {}

    @Converter
    public static TaskEvent toEvent(String json) {
        return TaskEvent.parse(json);
    }
}

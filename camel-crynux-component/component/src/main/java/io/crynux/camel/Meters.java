// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.observe.ClientObserver;
import io.crynux.client.observe.ClientStatus;
import org.apache.camel.CamelContext;

/** The meters of a client, without a dependency on Micrometer. */
interface Meters extends ClientObserver {
    /** Counts nothing. */
    Meters NONE = new Meters() {};

    /** Starts to read the client's gauges. */
    default void watch(ClientStatus status) {}

    /** The client is closed. */
    default void unwatch() {}

    /** Meters in the context's registry; none without Micrometer, or without a single registry. */
    static Meters of(CamelContext context, String componentName) {
        if (context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") == null) {
            return NONE;
        }
        return MicrometerMeters.find(context, componentName)
                .map(Meters.class::cast)
                .orElse(NONE);
    }
}

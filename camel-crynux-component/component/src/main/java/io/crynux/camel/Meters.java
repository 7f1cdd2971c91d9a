// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.observe.ClientObserver;
import io.crynux.client.observe.ClientStatus;
import org.apache.camel.CamelContext;

/** What is counted of a client. Knows nothing of Micrometer, which need not be there. */
interface Meters extends ClientObserver {
    /** Counts nothing. */
    Meters NONE = new Meters() {};

    /** Reads the client's gauges from now on. */
    default void watch(ClientStatus status) {}

    /** The client is closed. */
    default void unwatch() {}

    /** Meters in the context's registry; none where there is no Micrometer, or not one registry. */
    static Meters of(CamelContext context, String componentName) {
        if (context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") == null) {
            return NONE;
        }
        return MicrometerMeters.find(context, componentName)
                .map(Meters.class::cast)
                .orElse(NONE);
    }
}

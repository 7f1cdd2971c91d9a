// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.internal.json.TaskHash;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * Lets an exchange that failed and is delivered again join the task that it has paid for already. The mark is an exchange
 * property, which Camel's error handlers keep; it counts only for the same endpoint and the same parameters, so that a
 * route may send an exchange to another task after a failure.
 *
 * @param endpoint where it failed
 * @param taskHash of what it asked for
 * @param joinKey of the submission
 */
record Redelivery(String endpoint, String taskHash, String joinKey) {
    private static final String PROPERTY = "CrynuxRedelivery";

    /** The key of the submission that this exchange made before, or a new one. */
    static String joinKey(Exchange exchange, CrynuxEndpoint endpoint, String parametersJson) {
        String taskHash = TaskHash.of(parametersJson);
        Redelivery before = exchange.getProperty(PROPERTY, Redelivery.class);
        if (before != null && before.endpoint.equals(endpoint.getEndpointKey()) && before.taskHash.equals(taskHash)) {
            return before.joinKey;
        }
        String key = UUID.randomUUID().toString();
        exchange.setProperty(PROPERTY, new Redelivery(endpoint.getEndpointKey(), taskHash, key));
        return key;
    }

    /** The task has done what it should; the next one of the route is another. */
    static void over(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }
}

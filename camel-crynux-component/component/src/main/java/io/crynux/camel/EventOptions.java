// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.event.EventSubscription;
import io.crynux.client.event.TaskEventType;
import java.util.Locale;

/** Makes a subscription from an endpoint's options; each error names the option. */
final class EventOptions {
    private static final String OWN = "own";
    private static final String ANY = "any";

    private EventOptions() {}

    /** @throws IllegalArgumentException when the text of the option creator can be none */
    static void requireCreator(String configured) {
        switch (configured.trim().toLowerCase(Locale.ROOT)) {
            case OWN, ANY -> {
                // Both need no more.
            }
            default -> EventSubscription.builder().creator(configured.trim());
        }
    }

    /** @throws IllegalArgumentException when an option cannot be used */
    static EventSubscription.Builder subscription(CrynuxEndpoint endpoint, CrynuxClient client) {
        ClientFactory.requireEvents(endpoint.getComponent());
        CrynuxConfiguration options = endpoint.getConfiguration();
        String creator = creator(options.getCreator(), client.address().orElse(null));
        if (options.isFetchResult()) {
            ClientFactory.requireTasks(endpoint.getComponent());
            if (creator == null
                    || !client.address().filter(creator::equalsIgnoreCase).isPresent()) {
                throw new IllegalArgumentException("Option fetchResult needs creator=own, but creator is "
                        + options.getCreator() + ": the Relay gives a result only to the wallet that created the task");
            }
        }
        return EventSubscription.builder()
                .types(TaskEventType.parse(options.getEventTypes()))
                .kind(endpoint.endpointKind().taskKind().orElse(null))
                .creator(creator)
                .startBlock(options.getStartBlock())
                .confirmations(options.getConfirmations());
    }

    /** An address, or null for anybody. */
    private static String creator(String configured, String wallet) {
        String wanted = configured == null ? (wallet == null ? ANY : OWN) : configured.trim();
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case ANY -> null;
            case OWN -> {
                if (wallet == null) {
                    throw new IllegalArgumentException(
                            "Option creator is own, but the component has no wallet: set one of"
                                    + " privateKey, keystoreFile and signer of camel.component.crynux, or creator to any or to an"
                                    + " address");
                }
                yield wallet;
            }
            default -> wanted;
        };
    }
}

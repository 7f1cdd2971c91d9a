// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.event.EventPosition;
import io.crynux.client.event.EventStream;
import io.crynux.client.observe.ChainIdentity;
import java.util.Locale;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceHelper;

/** Stores the position of a route in the events. */
final class EventOffsets {
    private final StateRepository<String, String> repository;
    private final String key;
    private volatile boolean open = true;

    private EventOffsets(StateRepository<String, String> repository, String key) {
        this.repository = repository;
        this.key = key;
    }

    static EventOffsets of(CrynuxEndpoint endpoint, String routeId, ChainIdentity chain) throws Exception {
        CrynuxConfiguration options = endpoint.getConfiguration();
        String key = options.getOffsetKey() != null
                ? options.getOffsetKey()
                : chain.chainId() + ":"
                        + endpoint.getComponent().getContractAddress().toLowerCase(Locale.ROOT) + ":" + routeId;
        EventOffsets offsets = new EventOffsets(options.getOffsetRepository(), key);
        if (offsets.repository != null && !ServiceHelper.isStarted(offsets.repository)) {
            // It ends with the context: other routes may use it when this one stops.
            endpoint.getCamelContext().addService(offsets.repository, true, true);
        }
        return offsets;
    }

    /**
     * The stored position, or null.
     *
     * @throws IllegalArgumentException when the stored value is not a position; to start elsewhere could lose events
     */
    EventPosition load() {
        String text = repository == null ? null : repository.getState(key);
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return EventPosition.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Option offsetRepository has a value under the key " + key
                            + " that is not a position of events. Remove it to start from startBlock, or set another offsetKey",
                    e);
        }
    }

    void save(EventStream stream) {
        if (repository != null && open) {
            repository.setState(key, stream.position().toText());
        }
    }

    void close() {
        open = false;
    }
}

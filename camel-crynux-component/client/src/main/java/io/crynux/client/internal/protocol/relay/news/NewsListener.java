// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.news;

import io.crynux.client.internal.protocol.relay.task.RelayEvent;

/** Receives news of tasks. Called on the executor of the HTTP client, one call at a time; must be quick. */
public interface NewsListener {

    /** A row of the event log, of any creator's task. Each is reported at least once. */
    void onEvent(RelayEvent event);

    /**
     * Events may be missing: at the start, after the Relay was restored or its log purged. All open tasks are to be looked at.
     */
    void onDoubt();

    /** The Relay has no event log: tasks have to be read in turn. Reported again after each attempt to find one. */
    void onNoEvents();
}

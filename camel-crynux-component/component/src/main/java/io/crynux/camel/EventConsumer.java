// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.event.EventStream;
import io.crynux.client.event.EventSubscription;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;

/** Consumes the contract's events; see {@link EventDispatcher}. */
final class EventConsumer extends DefaultConsumer implements Suspendable {
    private final CrynuxEndpoint endpoint;
    private EventOffsets offsets;
    private EventDispatcher teller;

    EventConsumer(CrynuxEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    public CrynuxEndpoint getEndpoint() {
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // Wrong options are reported before the network is contacted.
        CrynuxClient client = endpoint.getComponent().client();
        EventSubscription.Builder subscription = EventOptions.subscription(endpoint, client);
        offsets = EventOffsets.of(endpoint, getRouteId(), ClientFactory.await(client.connectChain()));
        EventStream stream = ClientFactory.await(
                client.events(subscription.position(offsets.load()).build()));
        teller = new EventDispatcher(this, client, stream, offsets);
        teller.start();
    }

    @Override
    protected void doSuspend() throws Exception {
        teller.pause();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        teller.go();
    }

    @Override
    protected void doStop() throws Exception {
        try {
            if (teller != null) {
                teller.stop();
            }
        } finally {
            teller = null;
            if (offsets != null) {
                offsets.close();
                offsets = null;
            }
            super.doStop();
        }
    }
}

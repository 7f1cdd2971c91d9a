// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.operation.NetworkStatistics;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/** The numbers of nodes and tasks of the network, as JSON. */
final class NetworkProducer extends ClientProducer<NetworkStatistics> {
    private CrynuxClient client;

    NetworkProducer(CrynuxEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        client = getEndpoint().getComponent().readingClient();
    }

    @Override
    CompletableFuture<NetworkStatistics> ask(Exchange exchange) {
        return client.network();
    }

    @Override
    void answer(Exchange exchange, NetworkStatistics statistics) {
        JsonBody.set(exchange.getMessage(), statistics.json());
    }

    @Override
    void fail(Exchange exchange, Throwable error) {
        exchange.setException(error);
    }
}

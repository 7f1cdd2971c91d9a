// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.task.TaskResult;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/** Runs a task for each exchange; no thread waits for it. */
final class CrynuxProducer extends ClientProducer<TaskResult> {
    private TaskRequests requests;
    private TaskResponses responses;
    private CrynuxClient client;

    CrynuxProducer(CrynuxEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        requests = new TaskRequests(getEndpoint());
        responses = new TaskResponses(getEndpoint().getConfiguration().getResultFormat());
        client = getEndpoint().getComponent().connectedClient();
    }

    @Override
    CompletableFuture<TaskResult> ask(Exchange exchange) {
        return client.submit(requests.of(exchange));
    }

    @Override
    void answer(Exchange exchange, TaskResult result) {
        responses.write(exchange, result);
    }

    @Override
    void fail(Exchange exchange, Throwable error) {
        responses.fail(exchange, error);
    }
}

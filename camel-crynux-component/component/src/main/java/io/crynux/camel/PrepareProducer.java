// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.operation.PreparedTask;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Prepares for each exchange the transaction that creates its task, for another wallet. */
final class PrepareProducer extends ClientProducer<PreparedTask> {
    private TaskRequests requests;
    private TaskResponses responses;
    private CrynuxClient client;

    PrepareProducer(CrynuxEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        requests = new TaskRequests(getEndpoint());
        responses = new TaskResponses(getEndpoint().getConfiguration().getResultFormat());
        client = getEndpoint().getComponent().readingClient();
    }

    @Override
    CompletableFuture<PreparedTask> ask(Exchange exchange) {
        return client.tasks().prepare(requests.of(exchange));
    }

    @Override
    void answer(Exchange exchange, PreparedTask prepared) {
        Redelivery.over(exchange);
        Message message = TaskResponses.cleared(exchange);
        CrynuxConstants.IN.forEach(message::removeHeader);
        message.setHeader(CrynuxConstants.TASK_HASH, prepared.taskHash());
        message.setHeader(CrynuxConstants.TASK_KIND, prepared.kind().id());
        JsonBody.set(message, prepared.json());
    }

    @Override
    void fail(Exchange exchange, Throwable error) {
        responses.fail(exchange, error);
    }
}

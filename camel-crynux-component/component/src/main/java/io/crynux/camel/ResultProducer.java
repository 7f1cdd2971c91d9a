// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.task.TaskResult;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** operation=result: the result of one of the wallet's tasks, in the form that a producer of tasks returns. */
final class ResultProducer extends OperationProducer<TaskResult> {

    ResultProducer(CrynuxEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CrynuxClient connect(CrynuxComponent component) throws Exception {
        return component.connectedClient();
    }

    @Override
    CompletableFuture<TaskResult> ask(Exchange exchange) {
        Message in = exchange.getMessage();
        return client().tasks().result(taskId(in), settings(in));
    }

    @Override
    void answer(Exchange exchange, TaskResult result) {
        new TaskResponses(getEndpoint().getConfiguration().getResultFormat()).write(exchange, result);
    }
}

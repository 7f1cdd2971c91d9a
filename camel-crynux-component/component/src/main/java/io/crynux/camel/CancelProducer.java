// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.operation.CancelledTask;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** operation=cancel: cancels a task if the contract allows it. */
final class CancelProducer extends OperationProducer<CancelledTask> {

    CancelProducer(CrynuxEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CrynuxClient connect(CrynuxComponent component) throws Exception {
        return component.connectedClient();
    }

    @Override
    CompletableFuture<CancelledTask> ask(Exchange exchange) {
        Message in = exchange.getMessage();
        return client().tasks().cancel(taskId(in), waitFor(), settings(in));
    }

    @Override
    void answer(Exchange exchange, CancelledTask cancelled) {
        Message message = cleared(exchange);
        message.setHeader(CrynuxConstants.TASK_ID, cancelled.taskId());
        message.setHeader(CrynuxConstants.TRANSACTION_HASH, cancelled.transactionHash());
        TaskResponses.set(message, CrynuxConstants.CREATOR, cancelled.creator());
        if (cancelled.isOver()) {
            message.setHeader(
                    CrynuxConstants.BLOCK_NUMBER, cancelled.block().number().longValueExact());
            message.setHeader(CrynuxConstants.BLOCK_HASH, cancelled.block().hash());
            message.setHeader(CrynuxConstants.ABORT_REASON, CancelledTask.ABORT_REASON);
            TaskResponses.set(message, CrynuxConstants.FEE_REFUNDED, TaskResponses.cnx(cancelled.refundedWei()));
        }
        JsonBody.set(message, cancelled.json());
    }
}

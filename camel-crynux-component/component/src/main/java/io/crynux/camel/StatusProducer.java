// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.operation.TaskStatus;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** operation=status: the current state of any task. */
final class StatusProducer extends OperationProducer<TaskStatus> {

    StatusProducer(CrynuxEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CrynuxClient connect(CrynuxComponent component) throws Exception {
        return component.readingClient();
    }

    @Override
    CompletableFuture<TaskStatus> ask(Exchange exchange) {
        return client().tasks().status(taskId(exchange.getMessage()));
    }

    @Override
    void answer(Exchange exchange, TaskStatus status) {
        Message message = cleared(exchange);
        message.setHeader(CrynuxConstants.TASK_ID, status.taskId());
        TaskResponses.set(
                message,
                CrynuxConstants.TASK_KIND,
                status.kind() == null ? null : status.kind().id());
        TaskResponses.set(message, CrynuxConstants.TASK_HASH, status.taskHash());
        TaskResponses.set(message, CrynuxConstants.TRANSACTION_HASH, status.transactionHash());
        TaskResponses.set(message, CrynuxConstants.CREATOR, status.creator());
        if (status.createdIn() != null) {
            message.setHeader(
                    CrynuxConstants.BLOCK_NUMBER, status.createdIn().number().longValueExact());
            message.setHeader(CrynuxConstants.BLOCK_HASH, status.createdIn().hash());
        }
        TaskResponses.set(message, CrynuxConstants.RESULT_NODE, status.resultNode());
        TaskResponses.set(message, CrynuxConstants.RESULT_HASH, status.resultHash());
        TaskResponses.set(message, CrynuxConstants.ABORT_REASON, status.abortReason());
        JsonBody.set(message, status.json());
    }
}

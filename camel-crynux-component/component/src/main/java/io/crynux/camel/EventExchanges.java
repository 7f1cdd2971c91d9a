// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.event.ContractEvent;
import io.crynux.client.event.TaskEvent;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Makes exchanges of events. */
final class EventExchanges {
    /** Where Camel's own components tell a message's id to what sees headers only. */
    private static final String MESSAGE_ID = "CamelMessageId";

    private final EventConsumer consumer;
    private final CrynuxClient client;
    private final TaskResponses responses;

    EventExchanges(EventConsumer consumer, CrynuxClient client) {
        this.consumer = consumer;
        this.client = client;
        this.responses =
                new TaskResponses(consumer.getEndpoint().getConfiguration().getResultFormat());
    }

    /** An exchange that the caller releases; it has failed already where the result could not be fetched. */
    Exchange of(ResultPrefetch.Fetched fetched) {
        Exchange exchange = consumer.createExchange(false);
        Message message = exchange.getIn();
        describe(fetched.event(), message);
        if (fetched.result() != null) {
            responses.writeBody(message, fetched.result());
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            message.setBody(fetched.event().toJson().toString());
        }
        if (fetched.error() != null) {
            exchange.setException(fetched.error());
        }
        return exchange;
    }

    private void describe(TaskEvent event, Message message) {
        String id = event.id();
        message.setMessageId(id);
        message.setHeader(MESSAGE_ID, id);
        message.setHeader(CrynuxConstants.EVENT_ID, id);
        message.setHeader(CrynuxConstants.EVENT, event.type().eventName());
        message.setHeader(CrynuxConstants.TASK_ID, event.taskId().toString());
        message.setHeader(CrynuxConstants.TRANSACTION_HASH, event.transactionHash());
        message.setHeader(CrynuxConstants.BLOCK_NUMBER, event.block().number().longValueExact());
        message.setHeader(CrynuxConstants.BLOCK_HASH, event.block().hash());
        message.setHeader(CrynuxConstants.LOG_INDEX, event.logIndex().longValueExact());
        message.setHeader(
                CrynuxConstants.AWAITED, client.isAwaited(event.taskId().toString()));
        event.kind().ifPresent(kind -> message.setHeader(CrynuxConstants.TASK_KIND, kind.id()));
        event.creator().ifPresent(creator -> message.setHeader(CrynuxConstants.CREATOR, creator));
        if (event.removed()) {
            message.setHeader(CrynuxConstants.REMOVED, true);
        }
        if (event.details() instanceof ContractEvent.Succeeded succeeded) {
            message.setHeader(CrynuxConstants.RESULT_NODE, succeeded.resultNode());
            message.setHeader(CrynuxConstants.RESULT_HASH, succeeded.resultHash());
        } else if (event.details() instanceof ContractEvent.Aborted aborted) {
            message.setHeader(CrynuxConstants.ABORT_REASON, aborted.reason());
        } else if (event.details() instanceof ContractEvent.Pending pending) {
            message.setHeader(CrynuxConstants.TASK_HASH, pending.taskHash());
        }
    }
}

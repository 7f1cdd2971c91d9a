// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.internal.text.ForeignText;
import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.WaitFor;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Runs an operation on the task that a message names.
 *
 * @param <T> the client's answer
 */
abstract class OperationProducer<T> extends ClientProducer<T> {
    /** No longer than the contract's 256 bits. */
    private static final Pattern ID = Pattern.compile("[0-9]{1,78}");

    private WaitFor waitFor;
    private CrynuxClient client;

    OperationProducer(CrynuxEndpoint endpoint) {
        super(endpoint);
    }

    /** The client, with what the operation needs. */
    abstract CrynuxClient connect(CrynuxComponent component) throws Exception;

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        CrynuxConfiguration options = getEndpoint().getConfiguration();
        waitFor = WaitForOption.ofOperation(options.getWaitFor());
        client = connect(getEndpoint().getComponent());
    }

    CrynuxClient client() {
        return client;
    }

    WaitFor waitFor() {
        return waitFor;
    }

    OperationSettings settings(Message in) {
        CrynuxConfiguration options = getEndpoint().getConfiguration();
        Duration timeout = new TaskHeaders(in).timeout();
        return new OperationSettings(
                timeout == null ? getEndpoint().taskTimeout() : timeout,
                options.getMaxResultSize(),
                options.getSpoolThreshold());
    }

    /**
     * The task that the message names.
     *
     * @throws InvalidTaskException naming the header
     */
    static String taskId(Message in) {
        Object value = in.getHeader(CrynuxConstants.TASK_ID);
        String text = value == null ? "" : value.toString().trim();
        if (text.isEmpty()) {
            throw new InvalidTaskException("Header " + CrynuxConstants.TASK_ID
                    + " is missing: set it to the id of the task, as crynux:sd and crynux:gpt do");
        }
        if (!ID.matcher(text).matches()) {
            throw new InvalidTaskException("Header " + CrynuxConstants.TASK_ID + " is '" + ForeignText.shown(text, 80)
                    + "', which is not the id of a task; ids are whole numbers from 1");
        }
        return text;
    }

    /** A message without what earlier tasks of the route left, and without headers that steered this operation. */
    static Message cleared(Exchange exchange) {
        Message message = TaskResponses.cleared(exchange);
        message.removeHeader(CrynuxConstants.TASK_TIMEOUT);
        return message;
    }

    /** Headers that name the task stay, so that a redelivery finds them. */
    @Override
    void fail(Exchange exchange, Throwable error) {
        exchange.setException(error);
        Message message = exchange.getMessage();
        Object taskId = message.getHeader(CrynuxConstants.TASK_ID);
        Object transaction = message.getHeader(CrynuxConstants.TRANSACTION_HASH);
        TaskResponses.cleared(exchange);
        TaskFacts facts = error instanceof CrynuxException known ? known.facts() : TaskFacts.NONE;
        TaskResponses.set(message, CrynuxConstants.TASK_ID, taskId != null ? taskId : facts.taskId());
        TaskResponses.set(
                message, CrynuxConstants.TRANSACTION_HASH, transaction != null ? transaction : facts.transactionHash());
        if (error instanceof TaskAbortedException aborted) {
            message.setHeader(CrynuxConstants.ABORT_REASON, aborted.reason());
            TaskResponses.set(message, CrynuxConstants.FEE_PAID, TaskResponses.cnx(facts.feeWei()));
            TaskResponses.set(message, CrynuxConstants.FEE_REFUNDED, TaskResponses.cnx(facts.refundedWei()));
        }
    }
}

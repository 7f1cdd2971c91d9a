// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.text.ForeignText;
import io.crynux.client.operation.Resumption;
import io.crynux.client.operation.TaskOperations.Resumed;
import io.crynux.client.operation.WatchedTask;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** operation=resume: continues a task that exists, which may be paid from another wallet. */
final class ResumeProducer extends OperationProducer<Resumed> {
    private static final Pattern HASH = Pattern.compile("0x[0-9a-fA-F]{64}");

    ResumeProducer(CrynuxEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CrynuxClient connect(CrynuxComponent component) throws Exception {
        boolean runsTasks = ClientFactory.hasWallet(component) && component.getRelayUrl() != null;
        return runsTasks ? component.connectedClient() : component.readingClient();
    }

    @Override
    CompletableFuture<Resumed> ask(Exchange exchange) {
        Message in = exchange.getMessage();
        return client().tasks()
                .resume(task(in).withParameters(new PaidParameters(in))
                        .withWaitFor(waitFor())
                        .withSettings(settings(in)));
    }

    private static Resumption task(Message in) {
        Object hash = in.getHeader(CrynuxConstants.TRANSACTION_HASH);
        if (in.getHeader(CrynuxConstants.TASK_ID) != null) {
            return Resumption.ofTask(taskId(in));
        }
        if (hash == null) {
            throw new InvalidTaskException("Headers " + CrynuxConstants.TASK_ID + " and "
                    + CrynuxConstants.TRANSACTION_HASH
                    + " are missing: set one of them, to the id of the task or the hash of its createTask");
        }
        String text = hash.toString().trim();
        if (!HASH.matcher(text).matches()) {
            throw new InvalidTaskException("Header " + CrynuxConstants.TRANSACTION_HASH + " is '"
                    + ForeignText.shown(text, 80) + "', which is not the hash of a transaction (0x and 64 hex digits)");
        }
        return Resumption.ofTransaction(text);
    }

    @Override
    void answer(Exchange exchange, Resumed resumed) {
        if (resumed instanceof Resumed.Own own) {
            new TaskResponses(getEndpoint().getConfiguration().getResultFormat()).write(exchange, own.result());
        } else if (resumed instanceof Resumed.Watched watched) {
            write(exchange, watched.task());
        }
    }

    private static void write(Exchange exchange, WatchedTask task) {
        Message message = cleared(exchange);
        message.setHeader(CrynuxConstants.TASK_ID, task.taskId().toString());
        TaskResponses.set(
                message,
                CrynuxConstants.TASK_KIND,
                task.kind() == null ? null : task.kind().id());
        message.setHeader(CrynuxConstants.TASK_HASH, task.taskHash());
        message.setHeader(CrynuxConstants.TRANSACTION_HASH, task.transactionHash());
        message.setHeader(CrynuxConstants.CREATOR, task.creator());
        message.setHeader(
                CrynuxConstants.BLOCK_NUMBER, task.createdIn().number().longValueExact());
        message.setHeader(CrynuxConstants.BLOCK_HASH, task.createdIn().hash());
        message.setHeader(CrynuxConstants.FEE_PAID, TaskResponses.cnx(task.feeWei()));
        TaskResponses.set(message, CrynuxConstants.RESULT_NODE, task.resultNode());
        TaskResponses.set(message, CrynuxConstants.RESULT_HASH, task.resultHash());
        JsonBody.set(message, task.json());
    }
}

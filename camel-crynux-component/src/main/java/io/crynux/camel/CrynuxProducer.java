// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a task per exchange and holds no thread while it runs. */
final class CrynuxProducer extends DefaultAsyncProducer {
    private static final Logger LOG = LoggerFactory.getLogger(CrynuxProducer.class);

    private TaskRequests requests;
    private TaskResponses responses;
    private CrynuxClient client;

    CrynuxProducer(CrynuxEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public CrynuxEndpoint getEndpoint() {
        return (CrynuxEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        requests = new TaskRequests(getEndpoint());
        responses = new TaskResponses(getEndpoint().getConfiguration().getResultFormat());
        client = getEndpoint().getComponent().connectedClient();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        TaskRequest request;
        try {
            request = requests.of(exchange);
        } catch (Exception e) {
            responses.fail(exchange, e);
            callback.done(true);
            return true;
        }
        client.submit(request)
                .whenComplete((result, error) -> goOn(() -> {
                    answer(exchange, result, error);
                    callback.done(false);
                }));
        return false;
    }

    private void answer(Exchange exchange, TaskResult result, Throwable error) {
        try {
            if (error == null) {
                responses.write(exchange, result);
            } else {
                responses.fail(exchange, error instanceof CompletionException ? error.getCause() : error);
            }
        } catch (RuntimeException e) {
            exchange.setException(e);
        }
    }

    /** The route goes on where it may take its time. */
    private void goOn(Runnable continuation) {
        ExecutorService workers = getEndpoint().getComponent().continuations();
        try {
            if (workers != null) {
                workers.execute(continuation);
                return;
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The worker pool is stopped; the exchange ends on this thread", e);
        }
        // A callback that is never called would keep its exchange in flight for ever.
        continuation.run();
    }
}

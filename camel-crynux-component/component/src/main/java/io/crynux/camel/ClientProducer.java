// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a request of the client for each exchange; no thread waits for the answer.
 *
 * @param <T> the client's answer
 */
abstract class ClientProducer<T> extends DefaultAsyncProducer {
    private static final Logger LOG = LoggerFactory.getLogger(ClientProducer.class);

    ClientProducer(CrynuxEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public CrynuxEndpoint getEndpoint() {
        return (CrynuxEndpoint) super.getEndpoint();
    }

    /** Starts the request of the exchange; throws if it could not be started. */
    abstract CompletableFuture<T> ask(Exchange exchange);

    /** Puts the answer into the exchange. */
    abstract void answer(Exchange exchange, T answer);

    /** Puts the failure into the exchange. */
    abstract void fail(Exchange exchange, Throwable error);

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<T> asked;
        try {
            asked = ask(exchange);
        } catch (Throwable e) {
            // An Error, too: there would be no callback for it.
            put(exchange, null, e);
            callback.done(true);
            return true;
        }
        asked.whenComplete((answer, error) -> goOn(() -> {
            put(exchange, answer, error);
            callback.done(false);
        }));
        return false;
    }

    private void put(Exchange exchange, T answer, Throwable error) {
        try {
            if (error == null) {
                answer(exchange, answer);
            } else {
                fail(
                        exchange,
                        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
            }
        } catch (Throwable e) {
            exchange.setException(e);
        }
    }

    /** Continues the route on a thread that it may block. */
    private void goOn(Runnable continuation) {
        ExecutorService workers = getEndpoint().getComponent().continuations();
        try {
            if (workers != null) {
                workers.execute(continuation);
                return;
            }
        } catch (Throwable e) {
            // RejectedExecutionException, or OutOfMemoryError if no thread can be created.
            LOG.debug("The worker pool is full; the exchange continues on this thread", e);
        }
        // Without its callback the exchange would stay in flight for ever.
        continuation.run();
    }
}

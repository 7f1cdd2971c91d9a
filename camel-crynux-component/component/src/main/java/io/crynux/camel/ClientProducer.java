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
 * Asks the client something for each exchange, and holds no thread until it is answered.
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

    /** What the exchange asks for; throws when nothing was begun. */
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
            // An Error, too: nobody would call back for it.
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

    /** The route goes on where it may take its time. */
    private void goOn(Runnable continuation) {
        ExecutorService workers = getEndpoint().getComponent().continuations();
        try {
            if (workers != null) {
                workers.execute(continuation);
                return;
            }
        } catch (Throwable e) {
            // RejectedExecutionException, or OutOfMemoryError where there is no thread to be had.
            LOG.debug("The worker pool takes nothing now; the exchange goes on on this thread", e);
        }
        // A callback that is never called would keep its exchange in flight for ever.
        continuation.run();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.CrynuxClient;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an exchange when the wallet's balance falls below minBalance, and another one when it has recovered. Checks run one after
 * another, and no thread waits for the next one.
 */
final class WalletConsumer extends DefaultConsumer implements Suspendable {
    private static final Logger LOG = LoggerFactory.getLogger(WalletConsumer.class);

    private BigInteger minBalance;
    private CrynuxClient client;
    private ScheduledFuture<?> next;
    /** Checks of earlier runs are ignored. */
    private int run;
    // Used by one check after another.
    private volatile boolean low;
    private volatile boolean outage;

    WalletConsumer(CrynuxEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    public CrynuxEndpoint getEndpoint() {
        return (CrynuxEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        CrynuxConfiguration options = getEndpoint().getConfiguration();
        if (options.getMinBalance() == null || options.getMinBalance().isBlank()) {
            throw new IllegalArgumentException("Option minBalance is missing: set it on from(\"crynux:wallet\") to the"
                    + " balance, in CNX, below which the route gets an exchange");
        }
        minBalance = FeeRules.wei("Option minBalance", options.getMinBalance());
        ClientFactory.requireWallet(getEndpoint().getComponent(), "crynux:wallet has no wallet");
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        client = getEndpoint().getComponent().readingClient();
        begin();
    }

    @Override
    protected void doSuspend() throws Exception {
        end();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        begin();
    }

    @Override
    protected void doStop() throws Exception {
        end();
        super.doStop();
    }

    private synchronized void begin() {
        run++;
        schedule(run, 0);
    }

    private synchronized void end() {
        run++;
        if (next != null) {
            next.cancel(false);
        }
    }

    private synchronized boolean isOver(int ofRun) {
        return ofRun != run;
    }

    private synchronized void schedule(int ofRun, long delay) {
        if (isOver(ofRun)) {
            return;
        }
        ScheduledExecutorService timer = getEndpoint().getComponent().timer();
        try {
            next = timer == null ? null : timer.schedule(() -> look(ofRun), delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The component is stopped", e);
        }
    }

    private void look(int ofRun) {
        CompletableFuture.completedFuture(null)
                .thenCompose(now -> client.balance())
                .whenComplete((balance, error) -> onWorker(ofRun, () -> {
                    if (isOver(ofRun)) {
                        return;
                    }
                    if (error == null) {
                        outage = false;
                        judge(ofRun, balance);
                    } else {
                        onOutage(
                                error instanceof CompletionException && error.getCause() != null
                                        ? error.getCause()
                                        : error);
                        again(ofRun);
                    }
                }));
    }

    private void again(int ofRun) {
        schedule(ofRun, getEndpoint().getConfiguration().getCheckInterval());
    }

    private void onOutage(Throwable error) {
        if (!outage) {
            outage = true;
            getExceptionHandler().handleException("The wallet's balance cannot be read", error);
        }
    }

    private void judge(int ofRun, BigInteger balance) {
        boolean nowLow = balance.compareTo(minBalance) < 0;
        if (nowLow == low) {
            again(ofRun);
            return;
        }
        costOfTask()
                .whenComplete((cost, error) -> onWorker(ofRun, () -> {
                    // After a suspension the next check reports it.
                    if (!isOver(ofRun)) {
                        low = nowLow;
                        tell(ofRun, balance, cost);
                    }
                }));
    }

    /** The maximum cost of a task: the configured fee, and gas at today's price; null without a configured fee. */
    private CompletableFuture<BigInteger> costOfTask() {
        String fee = getEndpoint().getConfiguration().getTaskFee();
        if (fee == null || fee.isBlank()) {
            return CompletableFuture.completedFuture(null);
        }
        BigInteger wei = FeeRules.wei("Option taskFee", fee);
        return client.tasks().mostGasCost().handle((gas, error) -> {
            if (error != null) {
                LOG.debug("The gas price cannot be read; the number of tasks left is omitted", error);
            }
            return error == null ? wei.add(gas) : wei;
        });
    }

    private void tell(int ofRun, BigInteger balance, BigInteger cost) {
        Exchange exchange = createExchange(false);
        exchange.getMessage().setHeader(CrynuxConstants.BALANCE, TaskResponses.cnx(balance));
        JsonBody.set(exchange.getMessage(), json(balance, cost));
        getAsyncProcessor().process(exchange, doneSync -> {
            Exception failure = exchange.getException();
            if (failure != null) {
                getExceptionHandler()
                        .handleException("Error processing exchange of the wallet's balance", exchange, failure);
            }
            releaseExchange(exchange, false);
            again(ofRun);
        });
    }

    private String json(BigInteger balance, BigInteger cost) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("state", low ? "low" : "recovered")
                .put("address", client.address().orElseThrow())
                .put("balance", TaskResponses.cnx(balance))
                .put("minBalance", TaskResponses.cnx(minBalance));
        if (cost != null) {
            json.put("tasksLeft", balance.divide(cost));
        }
        return json.toString();
    }

    private void onWorker(int ofRun, Runnable step) {
        ExecutorService workers = getEndpoint().getComponent().continuations();
        if (workers == null || workers.isShutdown()) {
            LOG.debug("The component is stopped; the balance is not checked any more");
            return;
        }
        try {
            workers.execute(() -> {
                try {
                    step.run();
                } catch (Throwable e) {
                    // Without a next check the route would never get another exchange.
                    LOG.error("Checking the wallet's balance failed; it is tried again", e);
                    again(ofRun);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The worker pool is full; the balance is checked again later", e);
            again(ofRun);
        }
    }
}

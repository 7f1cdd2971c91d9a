// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.page;

import io.crynux.devnet.board.TaskBoard;
import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.relay.NetworkNode;
import io.crynux.devnet.relay.Relay;
import io.undertow.server.HttpHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A page on which one watches a devnet in the browser: chain, tasks, nodes, wallets, faults and requests. The browser asks for
 * the whole status again and again, so that the devnet keeps nothing for it, however slow it is.
 */
public final class StatusPage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusPage.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int LOOKS_A_SECOND = 4;

    private final StatusReporter reporter;
    private final PageHttp http;
    private int looks;
    private ScheduledFuture<?> looking;

    /**
     * Facts about the network that chain and Relay do not have.
     *
     * @param blockTime between blocks; zero where every transaction makes one
     * @param wallets addresses of the funded accounts
     */
    public record Network(Duration blockTime, List<String> wallets, List<NetworkNode> nodes) {}

    /**
     * Creates a page, served by {@link #handler}.
     *
     * @param tasks what is known of them
     * @param faults supplies the faults that are on
     */
    public StatusPage(Network network, Chain chain, Relay relay, Supplier<List<Fault>> faults, TaskBoard tasks) {
        InstantSource clock = InstantSource.system();
        this.reporter = new StatusReporter(network, chain, relay, faults, tasks, clock);
        this.http = new PageHttp(reporter, tasks, relay);
    }

    /** Answers requests for the page, and passes all others to {@code rest}. */
    public HttpHandler handler(HttpHandler rest) {
        return http.handler(rest);
    }

    /** Redirects to another path. */
    public static HttpHandler redirect(String to) {
        return exchange -> {
            exchange.setStatusCode(StatusCodes.FOUND);
            exchange.getResponseHeaders().put(Headers.LOCATION, to);
        };
    }

    /**
     * Starts to observe blocks and request counts.
     *
     * @param scheduler not closed by the page
     */
    public synchronized void start(ScheduledExecutorService scheduler) {
        looking = scheduler.scheduleAtFixedRate(this::look, 0, LOOK.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public synchronized void close() {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    private void look() {
        try {
            reporter.lookAtBlocks();
            if (looks++ % LOOKS_A_SECOND == 0) {
                reporter.countRequests();
            }
        } catch (RuntimeException e) {
            // An executor drops a periodic task that throws.
            LOG.warn("The status page cannot read the state of the devnet; trying again", e);
        }
    }
}

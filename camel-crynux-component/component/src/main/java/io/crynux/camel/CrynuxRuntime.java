// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.observe.ClientStatus;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the component's producers share while it runs: the client and the threads. Pending tasks belong to it, so that a
 * producer that stops (as those of toD do at any time) ends none.
 */
final class CrynuxRuntime extends LifecycleStrategySupport {
    private static final Logger LOG = LoggerFactory.getLogger(CrynuxRuntime.class);
    /** Enough to sign and to handle responses; nothing blocks them. */
    private static final int CLIENT_THREADS = 4;
    /** Camel reads a negative number as unbounded. */
    private static final int UNBOUNDED = -1;

    private static final long RESUME_AGAIN_SECONDS = 15;

    private final CrynuxComponent component;
    /** Changed under the lock; read without it where the holder of the lock may wait for the network. */
    private volatile CrynuxClient client;

    private Meters meters = Meters.NONE;
    private ExecutorService clientPool;
    private volatile ScheduledExecutorService timer;
    private volatile ExecutorService ownWorkerPool;

    CrynuxRuntime(CrynuxComponent component) {
        this.component = component;
    }

    synchronized CrynuxClient client() {
        if (client == null) {
            open();
        }
        return client;
    }

    /** The status of the client, which is made if there is none; does not wait for a connection. */
    ClientStatus status() {
        CrynuxClient known = client;
        return (known == null ? client() : known).status();
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /**
     * Connects in the calling thread, which is one that starts routes. It waits without the lock, which a thread that stops the
     * component needs.
     */
    CrynuxClient connectedClient() throws Exception {
        CrynuxClient connecting = client();
        ClientFactory.requireTasks(component);
        ClientFactory.await(connecting.connect());
        return connecting;
    }

    /** Likewise for reading, which needs neither wallet nor Relay. */
    CrynuxClient readingClient() throws Exception {
        CrynuxClient connecting = client();
        ClientFactory.await(connecting.connectChain());
        return connecting;
    }

    /**
     * Continues the tasks that an earlier process left in the journal, before any route needs them. A failure is logged and
     * tried again: tasks that are paid must not wait for the next message.
     */
    synchronized void resume() {
        resume(client());
    }

    private void resume(CrynuxClient resuming) {
        ScheduledExecutorService scheduler = timer;
        resuming.connect().whenComplete((connected, error) -> {
            if (error == null || isClosed(resuming)) {
                return;
            }
            LOG.warn(
                    "The tasks in the journal cannot be continued, trying again in {} s: {}",
                    RESUME_AGAIN_SECONDS,
                    error.getMessage());
            try {
                scheduler.schedule(() -> tryAgain(resuming), RESUME_AGAIN_SECONDS, TimeUnit.SECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("Stopped meanwhile", e);
            }
        });
    }

    private void tryAgain(CrynuxClient resuming) {
        if (!isClosed(resuming)) {
            resume(resuming);
        }
    }

    private boolean isClosed(CrynuxClient resuming) {
        return client != resuming;
    }

    private void open() {
        OptionChecks.checkComponent(component);
        ExecutorServiceManager threads = component.getCamelContext().getExecutorServiceManager();
        clientPool = threads.newThreadPool(component, "CrynuxClient", unboundedPool(CLIENT_THREADS));
        timer = threads.newScheduledThreadPool(component, "CrynuxTimer", unboundedTimer());
        if (component.getWorkerPool() == null) {
            ownWorkerPool =
                    threads.newThreadPool(component, "CrynuxWorker", unboundedPool(component.getWorkerPoolCoreSize()));
        }
        meters = Meters.of(component.getCamelContext(), component.name());
        client = new ClientFactory(component).create(clientPool, timer, meters);
        meters.watch(client.status());
    }

    /**
     * The queue is practically unbounded, since a refused continuation would run on a thread that must not block; the tasks in
     * flight bound it. After the shutdown it rejects with an exception: Camel's default would drop the callback silently.
     */
    private static ThreadPoolProfile unboundedPool(int threads) {
        ThreadPoolProfile profile = new ThreadPoolProfile("crynux");
        profile.setPoolSize(threads);
        profile.setMaxPoolSize(threads);
        profile.setMaxQueueSize(Integer.MAX_VALUE);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setKeepAliveTime(60L);
        return profile;
    }

    /**
     * Every task has a few deadlines here. Camel's default rejects the thousandth, which would leave tasks without deadlines.
     */
    private static ThreadPoolProfile unboundedTimer() {
        ThreadPoolProfile profile = new ThreadPoolProfile("crynuxTimer");
        profile.setPoolSize(1);
        profile.setMaxQueueSize(UNBOUNDED);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /** Takes no lock, since tasks that end while the component stops come through here. */
    ExecutorService continuations() {
        return component.getWorkerPool() != null ? component.getWorkerPool() : ownWorkerPool;
    }

    /**
     * Camel waits for pending exchanges before it stops producers, up to its shutdown timeout; tasks take longer. So exchanges
     * are ended before that.
     */
    @Override
    public synchronized void onContextStopping(CamelContext context) {
        if (client == null) {
            return;
        }
        long camelsTimeout = context.getShutdownStrategy()
                .getTimeUnit()
                .toMillis(context.getShutdownStrategy().getTimeout());
        long grace = Math.min(component.getShutdownGrace(), camelsTimeout / 2);
        CrynuxClient closing = client;
        closing.stopSigning();
        LOG.debug("Pending tasks have {} ms to end", grace);
        try {
            // A thread of its own: those of the pool may hang in a call, such as one of a signer.
            Thread closer = context.getExecutorServiceManager().newThread("CrynuxClose", closing::close);
            timer.schedule(closer::start, grace, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopped already", e);
        }
    }

    void close() {
        CrynuxClient closing = takeClient();
        if (closing != null) {
            closing.close();
        }
        closeThreads();
    }

    private synchronized CrynuxClient takeClient() {
        CrynuxClient taken = client;
        client = null;
        meters.unwatch();
        return taken;
    }

    private synchronized void closeThreads() {
        ExecutorServiceManager threads = component.getCamelContext().getExecutorServiceManager();
        if (timer != null) {
            threads.shutdownNow(timer);
            timer = null;
        }
        if (clientPool != null) {
            threads.shutdownNow(clientPool);
            clientPool = null;
        }
        if (ownWorkerPool != null) {
            // Exchanges that were ended above still continue there.
            threads.shutdownGraceful(ownWorkerPool);
            ownWorkerPool = null;
        }
    }
}

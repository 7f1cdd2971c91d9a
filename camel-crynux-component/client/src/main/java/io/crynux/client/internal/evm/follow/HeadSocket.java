// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.retry.RetryPolicy;
import io.crynux.client.observe.ClientStatus.ChainStatus.WebSocketState;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes somebody up when a node reports a new head over a WebSocket; what it reports is not read, since a poll has to find
 * out the same. Connects again whenever a connection ends, in turn to each of the URLs. Thread-safe.
 */
final class HeadSocket implements HeadConnection.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(HeadSocket.class);
    private static final RetryPolicy RECONNECT = RetryPolicy.of(Duration.ofSeconds(1), Duration.ofMinutes(1));
    /** So many polls in a row that find blocks that no head reported end a connection. */
    private static final int MOST_MISSED = 3;
    /** So many connections in a row that were subscribed and reported no head are trouble, too. */
    private static final int MOST_MUTE = 3;

    private final List<URI> urls;
    private final HttpTransport http;
    private final ScheduledExecutorService scheduler;
    private final Duration pingInterval;
    private final Runnable wake;

    private HeadConnection current;
    private int next;
    private int failures;
    private boolean up;
    private boolean told;
    private boolean closed;
    /** Whether a head came of late. */
    private boolean heard;

    private boolean trusted;
    private int missed;

    /**
     * @param pingInterval between two pings; after two without an answer a connection is dead
     * @param wake called on threads of the transport; must be quick
     */
    HeadSocket(
            List<URI> urls,
            HttpTransport http,
            ScheduledExecutorService scheduler,
            Duration pingInterval,
            Runnable wake) {
        this.urls = urls;
        this.http = http;
        this.scheduler = scheduler;
        this.pingInterval = pingInterval;
        this.wake = wake;
    }

    /** Connects, unless there is no URL. */
    void open() {
        if (urls.isEmpty()) {
            return;
        }
        HeadConnection made;
        synchronized (this) {
            if (closed) {
                return;
            }
            made = new HeadConnection(urls.get(next), http, scheduler, pingInterval, this);
            current = made;
        }
        made.open();
    }

    void close() {
        HeadConnection open;
        synchronized (this) {
            closed = true;
            up = false;
            trusted = false;
            open = current;
            current = null;
        }
        if (open != null) {
            open.close();
        }
    }

    /** Whether new blocks are reported, as far as is known, so that there is less need to look for them. */
    synchronized boolean isTrusted() {
        return trusted;
    }

    synchronized WebSocketState state() {
        return urls.isEmpty() ? WebSocketState.NONE : up ? WebSocketState.UP : WebSocketState.DOWN;
    }

    /**
     * Compares what was reported with what was found.
     *
     * @param newBlocks whether a poll has found any
     */
    void onPoll(boolean newBlocks) {
        HeadConnection mute = null;
        synchronized (this) {
            if (!up) {
                return;
            }
            if (heard) {
                missed = 0;
                trusted = true;
            } else if (newBlocks) {
                trusted = false;
                if (++missed >= MOST_MISSED) {
                    mute = current;
                }
            }
            heard = false;
        }
        if (mute != null) {
            mute.end("it reports no new heads, although there are some");
        }
    }

    @Override
    public void onSubscribed(HeadConnection connection) {
        synchronized (this) {
            if (connection != current) {
                return;
            }
            up = true;
            heard = false;
            missed = 0;
        }
        LOG.debug("Subscribed to new heads at {}", connection.shown());
        // What came while there was no connection was told to nobody.
        wake.run();
    }

    @Override
    public void onHead(HeadConnection connection) {
        synchronized (this) {
            if (connection != current) {
                return;
            }
            heard = true;
            trusted = true;
            missed = 0;
            failures = 0;
            if (told) {
                LOG.info("{} reports new heads again", connection.shown());
                told = false;
            }
        }
        wake.run();
    }

    @Override
    public void onEnd(HeadConnection connection, String why) {
        Duration delay;
        synchronized (this) {
            if (connection != current) {
                return;
            }
            current = null;
            trusted = false;
            boolean trouble = !up || failures >= MOST_MUTE;
            up = false;
            next = (next + 1) % urls.size();
            delay = RECONNECT.delay(++failures);
            if (trouble && !told) {
                told = true;
                LOG.warn(
                        "{} reports no new heads, trying again; the chain is polled meanwhile: {}",
                        connection.shown(),
                        why);
            }
        }
        LOG.debug("The WebSocket to {} ended, next try in {}: {}", connection.shown(), delay, why);
        scheduler.schedule(this::open, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.ledger.Block;
import io.crynux.devnet.ledger.LedgerListener;
import io.crynux.devnet.ledger.Transaction;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The open WebSockets: sends them the changes of the chain, on its own thread, in the order of the changes. */
final class WebSocketServer implements WebSocketConnectionCallback, LedgerListener, AutoCloseable {
    /** What a change means for a subscription. */
    private interface Change extends Function<Subscription, List<JsonNode>> {}

    private final RpcDispatcher dispatcher;
    private final WebSocketFaults faults;
    private final Set<WebSocketSession> open;
    private final ExecutorService notifier = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            WebSocketServer::thread,
            // Changes after the close are not sent.
            new ThreadPoolExecutor.DiscardPolicy());

    /** @param open where the sessions are kept while they are open */
    WebSocketServer(RpcDispatcher dispatcher, WebSocketFaults faults, Set<WebSocketSession> open) {
        this.dispatcher = dispatcher;
        this.faults = faults;
        this.open = open;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "crynux-devnet-notifications");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void onConnect(WebSocketHttpExchange exchange, WebSocketChannel channel) {
        var session = new WebSocketSession(channel, dispatcher, faults);
        open.add(session);
        channel.addCloseTask(closed -> open.remove(session));
        channel.getReceiveSetter().set(session);
        channel.resumeReceives();
    }

    @Override
    public void blocks(List<Block> removed, List<Block> added) {
        List<Change> changes = new ArrayList<>();
        removed.forEach(block -> changes.add(subscription -> subscription.removed(block)));
        added.forEach(block -> changes.add(subscription -> subscription.added(block)));
        later(changes);
    }

    @Override
    public void waiting(Transaction transaction) {
        later(List.of(subscription -> subscription.waiting(transaction)));
    }

    /** The ledger is locked: the recipients are recorded now, so that a later subscription gets no earlier change. */
    private void later(List<Change> changes) {
        Map<WebSocketSession, Map<String, Subscription>> listeners = new LinkedHashMap<>();
        for (WebSocketSession session : open) {
            if (!session.subscriptions().isEmpty()) {
                listeners.put(session, session.subscriptions());
            }
        }
        if (!listeners.isEmpty()) {
            notifier.execute(() ->
                    changes.forEach(change -> listeners.forEach((session, since) -> session.publish(since, change))));
        }
    }

    /** Closes all connections. */
    @Override
    public void close() {
        notifier.shutdown();
        open.forEach(WebSocketSession::cut);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.ledger.Block;
import io.crynux.devnet.ledger.LedgerListener;
import io.crynux.devnet.ledger.Transaction;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The open WebSockets, which it tells what changes on the chain: on a thread of its own, in the order of the changes. */
final class WebSocketServer implements WebSocketConnectionCallback, LedgerListener, AutoCloseable {
    private final RpcDispatcher dispatcher;
    private final Set<WebSocketSession> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService notifier = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            WebSocketServer::thread,
            // What happens while it is closed is told to nobody.
            new ThreadPoolExecutor.DiscardPolicy());

    WebSocketServer(RpcDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "crynux-devnet-notifications");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void onConnect(WebSocketHttpExchange exchange, WebSocketChannel channel) {
        var session = new WebSocketSession(channel, dispatcher);
        open.add(session);
        channel.addCloseTask(closed -> open.remove(session));
        channel.getReceiveSetter().set(session);
        channel.resumeReceives();
    }

    @Override
    public void blocks(List<Block> removed, List<Block> added) {
        later(() -> {
            removed.forEach(block -> tell(subscription -> subscription.removed(block)));
            added.forEach(block -> tell(subscription -> subscription.added(block)));
        });
    }

    @Override
    public void waiting(Transaction transaction) {
        later(() -> tell(subscription -> subscription.waiting(transaction)));
    }

    private void later(Runnable telling) {
        if (!open.isEmpty()) {
            notifier.execute(telling);
        }
    }

    private void tell(Function<Subscription, List<JsonNode>> change) {
        open.forEach(session -> session.tell(change));
    }

    /** Closes all connections. */
    @Override
    public void close() {
        notifier.shutdown();
        open.forEach(WebSocketSession::cut);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.crynux.client.settings.HttpSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Thousands of requests at once reach a server a few at a time; those given up while they wait never reach it. */
class ManyRequestsTest {
    private static final int MOST = 128;

    private final ExecutorService serverThreads = Executors.newCachedThreadPool();
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger all = new AtomicInteger();
    private final CountDownLatch answers = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.setExecutor(serverThreads);
        server.createContext("/", exchange -> {
            all.incrementAndGet();
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                answers.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            now.decrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        answers.countDown();
        server.stop(0);
        serverThreads.shutdownNow();
        executor.shutdownNow();
        scheduler.shutdownNow();
    }

    private List<CompletableFuture<HttpReply>> ask(int count) {
        HttpTransport transport = new HttpTransport(HttpSettings.DEFAULT, executor, scheduler);
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        List<CompletableFuture<HttpReply>> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(transport.send(HttpRequest.newBuilder(url).build(), 1_000));
        }
        return replies;
    }

    @Test
    void allAreAnsweredAndFewAtATime() throws Exception {
        List<CompletableFuture<HttpReply>> replies = ask(2_000);
        await().atMost(Duration.ofSeconds(20)).until(() -> now.get() == MOST);
        answers.countDown();

        CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new)).get(60, TimeUnit.SECONDS);

        assertThat(most).hasValue(MOST);
        assertThat(all).hasValue(2_000);
    }

    @Test
    void answersThatComeAtOnceTakeNoThreadsOfTheirOwn() throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<CompletableFuture<HttpReply>> replies = ask(2_000);
        await().atMost(Duration.ofSeconds(20)).until(() -> now.get() == MOST);
        long before = threads.getTotalStartedThreadCount();
        answers.countDown();

        CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new)).get(60, TimeUnit.SECONDS);

        // The server may start some more of its own.
        assertThat(threads.getTotalStartedThreadCount() - before).isLessThan(4 * MOST);
    }

    @Test
    void whatIsGivenUpWhileItWaitsIsNotSent() throws Exception {
        List<CompletableFuture<HttpReply>> replies = ask(500);
        await().atMost(Duration.ofSeconds(20)).until(() -> now.get() == MOST);
        replies.subList(MOST, 500).forEach(reply -> reply.cancel(false));
        answers.countDown();

        CompletableFuture.allOf(replies.subList(0, MOST).toArray(CompletableFuture<?>[]::new))
                .get(60, TimeUnit.SECONDS);

        assertThat(all).hasValue(MOST);
    }
}

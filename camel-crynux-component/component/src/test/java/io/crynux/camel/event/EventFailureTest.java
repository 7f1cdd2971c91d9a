// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.CrynuxDevnet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An exchange that fails is handed on or made again, as the route says; the events after it are not lost. */
@Tag("chain")
class EventFailureTest {
    @RegisterExtension
    static CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(50))
            .build();

    private static final class Failures implements ExceptionHandler {
        private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void handleException(Throwable exception) {
            messages.add(exception.getMessage());
        }

        @Override
        public void handleException(String message, Throwable exception) {
            handleException(exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            handleException(exception);
        }
    }

    @Test
    void aFailureIsToldToTheExceptionHandlerAndTheNextEventComes() throws Exception {
        Failures failures = new Failures();
        try (EventApplication application = EventApplication.on(devnet)
                .bean("failures", failures)
                .from("crynux:events?exceptionHandler=#failures")
                .then(exchange -> {
                    throw new IllegalStateException("no disk");
                })
                .start()) {
            String first = application.task("gpt");
            String second = application.task("gpt");

            application.awaitTold(2);

            assertThat(application.what()).containsExactly("TaskSuccess " + first, "TaskSuccess " + second);
            await().atMost(EventApplication.SOON)
                    .untilAsserted(() -> assertThat(failures.messages).containsExactly("no disk", "no disk"));
        }
    }

    @Test
    void withBreakOnFirstErrorTheEventComesUntilItPassesAndTheOthersWait() throws Exception {
        Failures failures = new Failures();
        AtomicInteger tries = new AtomicInteger();
        try (EventApplication application = EventApplication.on(devnet)
                .bean("failures", failures)
                .from("crynux:events?breakOnFirstError=true&exceptionHandler=#failures")
                .then(exchange -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IllegalStateException("no disk");
                    }
                })
                .start()) {
            String first = application.task("gpt");
            String second = application.task("gpt");

            application.awaitTold(4);

            assertThat(application.what())
                    .containsExactly(
                            "TaskSuccess " + first,
                            "TaskSuccess " + first,
                            "TaskSuccess " + first,
                            "TaskSuccess " + second);
            assertThat(failures.messages).isEmpty();
        }
    }

    @Test
    void anErrorHandlerOfTheRouteTriesAgainBeforeTheNextEvent() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        try (EventApplication application = EventApplication.on(devnet)) {
            application.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(IllegalStateException.class)
                            .maximumRedeliveries(2)
                            .redeliveryDelay(0);
                    from("crynux:events").process(exchange -> {
                        if (tries.incrementAndGet() == 1) {
                            throw new IllegalStateException("busy");
                        }
                        done.add(exchange.getMessage().getHeader("CamelCrynuxTaskId", String.class));
                    });
                }
            });
            application.start();
            String first = application.task("gpt");
            String second = application.task("gpt");

            await().atMost(EventApplication.SOON)
                    .untilAsserted(() -> assertThat(done).containsExactly(first, second));
            assertThat(tries).hasValue(3);
        }
    }

    @Test
    void anAsynchronousRouteGetsTheNextEventOnlyWhenItIsDone() throws Exception {
        AtomicInteger together = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (EventApplication application = EventApplication.on(devnet)) {
            application.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("crynux:events")
                            .process(exchange -> most.accumulateAndGet(together.incrementAndGet(), Math::max))
                            .delay(300)
                            .asyncDelayed()
                            .process(exchange -> together.decrementAndGet())
                            .to("mock:done");
                }
            });
            application.start();
            for (int i = 0; i < 3; i++) {
                application.task("gpt");
            }

            await().atMost(EventApplication.SOON)
                    .until(() -> application
                                    .context()
                                    .getEndpoint("mock:done", MockEndpoint.class)
                                    .getReceivedCounter()
                            == 3);
            assertThat(most).hasValue(1);
        }
    }

    @Test
    void aPositionThatCannotBeWrittenHoldsNothingUp() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        MemoryStateRepository offsets = new MemoryStateRepository() {
            @Override
            public void setState(String key, String value) {
                // The one at the start, and the one after the second event.
                if (writes.getAndIncrement() % 2 == 1) {
                    throw new IllegalStateException("disk full");
                }
                super.setState(key, value);
            }
        };
        try (EventApplication application = EventApplication.on(devnet)
                .bean("offsets", offsets)
                .from("crynux:events?offsetRepository=#offsets")
                .start()) {
            String first = application.task("gpt");
            String second = application.task("gpt");
            String third = application.task("gpt");

            application.awaitTold(3);

            assertThat(application.what())
                    .containsExactly("TaskSuccess " + first, "TaskSuccess " + second, "TaskSuccess " + third);
        }
    }

    @Test
    void fetchedResultsThatFailTogetherAllComeAgain() throws Exception {
        Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
        try (EventApplication application = EventApplication.on(devnet)
                .from("crynux:gpt?fetchResult=true&breakOnFirstError=true")
                .then(exchange -> {
                    String id = exchange.getMessage().getHeader("CamelCrynuxTaskId", String.class);
                    if (tries.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet() < 2) {
                        throw new IllegalStateException("no disk");
                    }
                })
                .start()) {
            String first = application.task("gpt");
            String second = application.task("gpt");

            await().atMost(EventApplication.SOON)
                    .until(() -> tries.size() == 2 && tries.values().stream().allMatch(count -> count.get() == 2));
            assertThat(tries).containsOnlyKeys(first, second);
        }
    }
}

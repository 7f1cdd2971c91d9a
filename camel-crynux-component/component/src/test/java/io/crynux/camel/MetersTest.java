// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.fault.Fault;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Micrometer's registry of an application has of the component. */
class MetersTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** One for all tests; null until one needs it. */
    private static CrynuxDevnet devnet;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CamelContext context = new DefaultCamelContext();

    private TestNetwork network() {
        if (CrynuxTestSupport.isScripted(getClass())) {
            return new ScriptedTestNetwork();
        }
        if (devnet == null) {
            devnet = CrynuxTestSupport.quickDevnet().start();
        }
        return new DevnetNetwork(devnet, 1);
    }

    @AfterAll
    static void stopDevnet() {
        if (devnet != null) {
            devnet.close();
            devnet = null;
        }
    }

    private void start(String name) throws Exception {
        CrynuxComponent crynux = new CrynuxComponent();
        network().connect(crynux);
        crynux.getConfiguration().setTaskFee("30");
        crynux.setPollInterval(20);
        crynux.setShutdownGrace(50);
        crynux.setMaxInFlight(1);
        context.addComponent(name, crynux);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:gpt").to(name + ":gpt");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    private CompletableFuture<Exchange> ask() {
        return context.createProducerTemplate()
                .asyncSend("direct:gpt", e -> e.getMessage().setBody("What is lichen?"));
    }

    double count(String name, String... tags) {
        var counter = registry.find(name).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void aTaskIsCountedWithItsPhasesItsFeeAndItsGas() throws Exception {
        context.getRegistry().bind("meters", registry);
        start("crynux");

        assertThat(ask().get(30, TimeUnit.SECONDS).getException()).isNull();

        assertThat(count("crynux.tasks", "component", "crynux", "kind", "gpt", "outcome", "done"))
                .isEqualTo(1);
        for (String phase : List.of("wait", "pay", "block", "upload", "work", "download")) {
            assertThat(registry.get("crynux.task.phase")
                            .tags("component", "crynux", "kind", "gpt", "phase", phase)
                            .timer()
                            .count())
                    .as(phase)
                    .isEqualTo(1);
        }
        await().atMost(SOON).until(() -> count("crynux.fees", "kind", "gpt") == 30);
        assertGasAndCalls();
    }

    void assertGasAndCalls() {
        assertThat(count("crynux.gas", "kind", "gpt")).isGreaterThan(0).isLessThan(1);
        assertThat(count("crynux.calls", "target", "rpc", "outcome", "ok")).isGreaterThan(0);
        assertThat(count("crynux.calls", "target", "relay", "outcome", "ok")).isGreaterThan(0);
    }

    @Test
    @OnChainOnly("transactions and blocks")
    void whatIsUnderWayIsAGauge() throws Exception {
        context.getRegistry().bind("meters", registry);
        start("crynux");
        devnet.chain().pauseBlocks();
        CompletableFuture<Exchange> first;
        CompletableFuture<Exchange> second;
        try {
            first = ask();
            second = ask();
            await().atMost(SOON).until(() -> gauge("crynux.payments.pending") == 1);
            await().atMost(SOON).until(() -> gauge("crynux.tasks.waiting") == 1);
            assertThat(gauge("crynux.tasks.inflight")).isEqualTo(1);
            assertThat(gauge("crynux.tasks.unstarted")).isEqualTo(1);
            await().atMost(SOON).until(() -> gauge("crynux.payments.age") > 0);
            await().atMost(SOON)
                    .until(() -> gauge("crynux.head.number")
                            == (double) devnet.chain().access().head().number());
            assertThat(gauge("crynux.head.lag")).isNotNegative();
        } finally {
            devnet.chain().resumeBlocks();
        }
        first.get(30, TimeUnit.SECONDS);
        second.get(30, TimeUnit.SECONDS);
        await().atMost(SOON).until(() -> gauge("crynux.tasks.inflight") == 0);
        assertThat(gauge("crynux.payments.age")).isZero();
    }

    @Test
    @OnChainOnly("RPC and Relay")
    void callsThatFailAreCounted() throws Exception {
        context.getRegistry().bind("meters", registry);
        start("crynux");
        Fault fault = devnet.faults().rpc().down();
        try {
            await().atMost(SOON)
                    .until(() -> count("crynux.calls", "target", "rpc", "outcome", "unanswered") > 0
                            || count("crynux.calls", "target", "rpc", "outcome", "broken") > 0);
        } finally {
            fault.end();
        }
    }

    @Test
    void ofSeveralRegistriesThatOfCamelMicrometerIsUsed() throws Exception {
        context.getRegistry().bind("other", new SimpleMeterRegistry());
        context.getRegistry().bind("metricsRegistry", registry);
        start("second");

        assertThat(registry.get("crynux.tasks.inflight")
                        .tags("component", "second")
                        .gauge())
                .isNotNull();
    }

    /** As Spring Boot has them. */
    @Test
    void ofSeveralRegistriesTheOneThatStandsForAllIsUsed() throws Exception {
        context.getRegistry().bind("other", new SimpleMeterRegistry());
        CompositeMeterRegistry all = new CompositeMeterRegistry();
        all.add(registry);
        context.getRegistry().bind("all", all);
        start("third");

        assertThat(registry.get("crynux.tasks.inflight")
                        .tags("component", "third")
                        .gauge())
                .isNotNull();
    }

    @Test
    void gaugesGoWithTheComponent() throws Exception {
        context.getRegistry().bind("meters", registry);
        start("crynux");
        assertThat(registry.find("crynux.tasks.inflight").gauge()).isNotNull();

        context.stop();

        assertThat(registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getType))
                .doesNotContain(Meter.Type.GAUGE);
    }

    @Test
    void withoutARegistryTasksRunUncounted() throws Exception {
        start("crynux");

        assertThat(ask().get(30, TimeUnit.SECONDS).getException()).isNull();
        assertThat(registry.getMeters()).isEmpty();
    }
}

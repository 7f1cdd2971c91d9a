// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.event;

import static org.awaitility.Awaitility.await;

import io.crynux.camel.CrynuxComponent;
import io.crynux.camel.CrynuxConstants;
import io.crynux.camel.QuickRelay;
import io.crynux.devnet.CrynuxDevnet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** An application with a route that begins with events and others that create tasks, as a user would write it. */
final class EventApplication implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(30);

    private final CamelContext context = new DefaultCamelContext();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final CrynuxComponent crynux = new CrynuxComponent();
    private final List<String> sources = new ArrayList<>();
    private Processor then = exchange -> {};
    private ProducerTemplate template;

    /** What an exchange was when it came. */
    record Told(String body, Map<String, Object> headers) {
        String event() {
            return (String) headers.get(CrynuxConstants.EVENT);
        }

        String taskId() {
            return (String) headers.get(CrynuxConstants.TASK_ID);
        }

        String id() {
            return (String) headers.get(CrynuxConstants.EVENT_ID);
        }

        boolean removed() {
            return Boolean.TRUE.equals(headers.get(CrynuxConstants.REMOVED));
        }

        /** Such as "TaskSuccess 1". */
        String what() {
            return event() + " " + taskId() + (removed() ? " removed" : "");
        }
    }

    private EventApplication(CrynuxDevnet devnet) {
        crynux.setRpcUrl(devnet.rpcUrl());
        crynux.setContractAddress(devnet.contractAddress());
        crynux.setRelayUrl(devnet.relayUrl());
        crynux.setPrivateKey(devnet.account(0).privateKey());
        crynux.getConfiguration().setTaskFee("30");
        crynux.setPollInterval(50);
        QuickRelay.of(crynux);
        crynux.setFinality("2");
        crynux.setShutdownGrace(100);
        context.addComponent("crynux", crynux);
    }

    static EventApplication on(CrynuxDevnet devnet) {
        return new EventApplication(devnet);
    }

    /** A route of its own begins there. */
    EventApplication from(String uri) {
        sources.add(uri);
        return this;
    }

    EventApplication bean(String name, Object bean) {
        context.getRegistry().bind(name, bean);
        return this;
    }

    EventApplication component(Consumer<CrynuxComponent> settings) {
        settings.accept(crynux);
        return this;
    }

    /** What routes do with an event after it was noted. */
    EventApplication then(Processor processor) {
        then = processor;
        return this;
    }

    CamelContext context() {
        return context;
    }

    EventApplication start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                for (int i = 0; i < sources.size(); i++) {
                    from(sources.get(i))
                            .routeId("events" + i)
                            .process(EventApplication.this::note)
                            .process(then);
                }
                if (crynux.getPrivateKey() != null) {
                    from("direct:gpt").routeId("gpt").to("crynux:gpt?waitFor=uploaded");
                    from("direct:answer").routeId("answer").to("crynux:gpt");
                    from("direct:sd").routeId("sd").to("crynux:sd?waitFor=uploaded&numImages=2");
                }
            }
        });
        try {
            context.start();
        } catch (Exception e) {
            context.stop();
            throw e;
        }
        template = context.createProducerTemplate();
        return this;
    }

    private void note(Exchange exchange) {
        told.add(new Told(
                exchange.getMessage().getBody(String.class),
                new HashMap<>(exchange.getMessage().getHeaders())));
    }

    /** Creates a task that runs by itself; its id. */
    String task(String endpoint) {
        Exchange exchange = template.request(
                "direct:" + endpoint, created -> created.getMessage().setBody("What is lichen?"));
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange.getMessage().getHeader(CrynuxConstants.TASK_ID, String.class);
    }

    List<Told> told() {
        return told;
    }

    List<String> what() {
        return told.stream().map(Told::what).toList();
    }

    /** Waits until so many were told. */
    List<Told> awaitTold(int count) {
        await().atMost(SOON).until(() -> told.size() >= count);
        return List.copyOf(told);
    }

    @Override
    public void close() {
        context.stop();
    }
}

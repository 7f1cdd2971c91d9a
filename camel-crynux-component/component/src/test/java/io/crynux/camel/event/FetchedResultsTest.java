// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.camel.CrynuxConstants;
import io.crynux.client.error.ResultUnavailableException;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.RelayFault;
import io.crynux.testing.RelayProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One route submits tasks, another one delivers their results, also after a restart. */
@Tag("chain")
class FetchedResultsTest {
    @RegisterExtension
    static CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(50))
            .build();

    @Test
    void theBodyIsTheAnswerOfATextTask() throws Exception {
        try (EventApplication application =
                EventApplication.on(devnet).from("crynux:gpt?fetchResult=true").start()) {
            String id = application.task("gpt");

            EventApplication.Told told = application.awaitTold(1).get(0);

            assertThat(told.body()).containsIgnoringCase("lichen").doesNotStartWith("{");
            assertThat(told.headers())
                    .containsEntry(CrynuxConstants.TASK_ID, id)
                    .containsEntry(CrynuxConstants.EVENT, "TaskSuccess")
                    .containsEntry(Exchange.FILE_NAME, id + ".txt")
                    .containsEntry(Exchange.CONTENT_TYPE, "text/plain")
                    .containsKey(CrynuxConstants.TOTAL_TOKENS);
        }
    }

    @Test
    void theBodyIsAListOfTheImagesOfAnImageTask() throws Exception {
        List<Object> bodies = Collections.synchronizedList(new ArrayList<>());
        try (EventApplication application = EventApplication.on(devnet)
                .from("crynux:sd?fetchResult=true")
                .then(exchange -> {
                    for (Object image : exchange.getMessage().getBody(List.class)) {
                        bodies.add(exchange.getContext().getTypeConverter().convertTo(byte[].class, exchange, image));
                    }
                })
                .start()) {
            application.task("sd");

            assertThat(application.awaitTold(1).get(0).headers()).containsEntry(CrynuxConstants.IMAGE_COUNT, 2);
            await().atMost(EventApplication.SOON).until(() -> bodies.size() == 2);
            assertThat(bodies).allSatisfy(image -> assertThat((byte[]) image).startsWith(0x89, 'P', 'N', 'G'));
        }
    }

    @Test
    void whatEndsDuringADowntimeIsDeliveredAfterwards() throws Exception {
        MemoryStateRepository offsets = new MemoryStateRepository();
        offsets.start();
        String uri = "crynux:gpt?fetchResult=true&offsetRepository=#offsets";
        EventApplication.on(devnet).bean("offsets", offsets).from(uri).start().close();
        String id;
        try (EventApplication silent = EventApplication.on(devnet).start()) {
            id = silent.task("answer");
        }

        try (EventApplication again =
                EventApplication.on(devnet).bean("offsets", offsets).from(uri).start()) {
            EventApplication.Told told = again.awaitTold(1).get(0);
            assertThat(told.taskId()).isEqualTo(id);
            assertThat(told.body()).containsIgnoringCase("lichen");
        }
    }

    @Test
    void abortedTasksComeAsTheirEvents() throws Exception {
        devnet.faults().nodes().disagree();
        try (EventApplication application =
                EventApplication.on(devnet).from("crynux:gpt?fetchResult=true").start()) {
            String id = application.task("gpt");

            EventApplication.Told told = application.awaitTold(1).get(0);

            assertThat(told.what()).isEqualTo("TaskAborted " + id);
            assertThat(told.body()).startsWith("{");
        }
    }

    @Test
    void pagesInPlaceOfTheRelaysAnswersCostNoResult() throws Exception {
        try (RelayProxy relay = new RelayProxy(devnet.relayUrl());
                EventApplication application = EventApplication.on(devnet)
                        .component(crynux -> crynux.setRelayUrl(relay.url()))
                        .from("crynux:gpt?fetchResult=true")
                        .start()) {
            relay.next(RelayProxy.Call.RESULT, RelayFault.html(200));
            relay.next(RelayProxy.Call.RESULT, RelayFault.html(502));
            String first = application.task("gpt");
            String second = application.task("gpt");

            assertThat(application.awaitTold(2))
                    .allSatisfy(told -> assertThat(told.body()).containsIgnoringCase("lichen"))
                    .extracting(EventApplication.Told::taskId)
                    .containsExactlyInAnyOrder(first, second);
            assertThat(relay.seen(RelayProxy.Call.RESULT)).hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void aResultThatDoesNotComeFailsAfterItsTimeOut() throws Exception {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        devnet.faults().nodes().neverUpload();
        try (EventApplication application = EventApplication.on(devnet)) {
            application.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(ResultUnavailableException.class)
                            .handled(true)
                            .process(exchange ->
                                    failures.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                    from("crynux:gpt?fetchResult=true&resultTimeout=500&bridgeErrorHandler=true")
                            .to("mock:results");
                }
            });
            application.start();
            String id = application.task("gpt");

            await().atMost(EventApplication.SOON).until(() -> failures.size() == 1);
            assertThat(failures.get(0))
                    .hasMessageContaining("The result of task " + id)
                    .hasMessageContaining("resultTimeout");
        }
    }

    @Test
    void aResultThatDoesNotComeHoldsNothingUp() throws Exception {
        AtomicReference<String> missing = new AtomicReference<>();
        try (RelayProxy relay = new RelayProxy(devnet.relayUrl());
                EventApplication application = EventApplication.on(devnet)
                        .component(crynux -> crynux.setRelayUrl(relay.url()))
                        .from("crynux:gpt?fetchResult=true")
                        .start()) {
            relay.always(RelayProxy.Call.RESULT, (exchange, honest) -> {
                String path = exchange.getRequestURI().getPath();
                missing.compareAndSet(null, path);
                RelayFault answer = path.equals(missing.get()) ? RelayFault.html(503) : RelayFault.NONE;
                answer.answer(exchange, honest);
            });
            application.task("gpt");
            await().atMost(EventApplication.SOON).until(() -> missing.get() != null);

            String next = application.task("gpt");

            assertThat(application.awaitTold(1))
                    .extracting(EventApplication.Told::taskId)
                    .containsExactly(next);
        }
    }
}

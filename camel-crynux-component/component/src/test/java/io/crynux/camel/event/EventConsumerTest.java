// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.camel.CrynuxConstants;
import io.crynux.client.event.TaskEvent;
import io.crynux.client.event.TaskEventType;
import io.crynux.devnet.CrynuxDevnet;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes that begin with events get an exchange per event, with everything that is known of it. */
@Tag("chain")
class EventConsumerTest {
    @RegisterExtension
    static CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(50))
            .build();

    @Test
    void anExchangeTellsEverythingAboutTheEvent() throws Exception {
        try (EventApplication application =
                EventApplication.on(devnet).from("crynux:events").start()) {
            String id = application.task("gpt");

            EventApplication.Told told = application.awaitTold(1).get(0);

            assertThat(told.what()).isEqualTo("TaskSuccess " + id);
            assertThat(told.headers())
                    .containsEntry(CrynuxConstants.TASK_KIND, "gpt")
                    .containsEntry(
                            CrynuxConstants.CREATOR, devnet.account(0).address().toLowerCase(Locale.ROOT))
                    .containsEntry(CrynuxConstants.AWAITED, false)
                    .containsEntry("CamelMessageId", told.id())
                    .containsEntry(Exchange.CONTENT_TYPE, "application/json")
                    .containsKeys(
                            CrynuxConstants.TRANSACTION_HASH,
                            CrynuxConstants.BLOCK_NUMBER,
                            CrynuxConstants.RESULT_NODE,
                            CrynuxConstants.RESULT_HASH)
                    .doesNotContainKey(CrynuxConstants.REMOVED);
            assertThat(told.id())
                    .isEqualTo(devnet.chainId() + ":" + told.headers().get(CrynuxConstants.BLOCK_HASH) + ":"
                            + told.headers().get(CrynuxConstants.LOG_INDEX));
            JsonNode json = new ObjectMapper().readTree(told.body());
            assertThat(json.get("event").textValue()).isEqualTo("TaskSuccess");
            assertThat(json.get("taskId").textValue()).isEqualTo(id);
            assertThat(json.get("kind").textValue()).isEqualTo("gpt");
            assertThat(json.get("creator").textValue())
                    .isEqualTo(devnet.account(0).address().toLowerCase(Locale.ROOT));
            assertThat(json.get("result").textValue()).isEqualTo(told.headers().get(CrynuxConstants.RESULT_HASH));
            assertThat(json.get("contract").textValue())
                    .isEqualTo(devnet.contractAddress().toLowerCase(Locale.ROOT));
            assertThat(json.get("removed").booleanValue()).isFalse();
        }
    }

    @Test
    void theBodyConvertsToATypedEvent() throws Exception {
        List<TaskEvent> events = new CopyOnWriteArrayList<>();
        try (EventApplication application = EventApplication.on(devnet)
                .from("crynux:events")
                .then(exchange -> events.add(exchange.getMessage().getBody(TaskEvent.class)))
                .start()) {
            String id = application.task("gpt");
            // The event is noted before the route goes on to convert it.
            await().atMost(EventApplication.SOON).until(() -> !events.isEmpty());

            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event.type()).isEqualTo(TaskEventType.TASK_SUCCESS);
                assertThat(event.taskId()).hasToString(id);
                assertThat(event.id()).isEqualTo(application.told().get(0).id());
            });
        }
    }

    @Test
    void allEventsOfATaskComeInTheOrderOfTheChain() throws Exception {
        try (EventApplication application = EventApplication.on(devnet)
                .from("crynux:events?eventTypes=TaskPending,TaskStarted,TaskResultCommitmentsReady,TaskSuccess,"
                        + "TaskResultUploaded,TaskNodeSuccess,TaskAborted,TaskNodeSlashed,TaskNodeCancelled")
                .start()) {
            String id = application.task("sd");

            // Nodes may still be paid for a task of another test.
            await().atMost(EventApplication.SOON).until(() -> application.what().contains("TaskResultUploaded " + id));
            List<EventApplication.Told> told = application.told().stream()
                    .filter(event -> event.taskId().equals(id))
                    .toList();

            assertThat(told.stream().map(EventApplication.Told::event).toList())
                    .startsWith("TaskPending")
                    .containsSubsequence(
                            "TaskPending",
                            "TaskStarted",
                            "TaskStarted",
                            "TaskStarted",
                            "TaskResultCommitmentsReady",
                            "TaskNodeSuccess",
                            "TaskSuccess",
                            "TaskNodeSuccess",
                            "TaskResultUploaded");
            assertThat(told)
                    .allSatisfy(event -> assertThat(event.headers()).containsEntry(CrynuxConstants.TASK_KIND, "sd"));
            assertThat(told.stream()
                            .map(event -> (long) event.headers().get(CrynuxConstants.BLOCK_NUMBER))
                            .toList())
                    .isSorted();
        }
    }

    @Test
    void aKindGetsTheEventsOfSuchTasksOnly() throws Exception {
        try (EventApplication application =
                EventApplication.on(devnet).from("crynux:sd").start()) {
            application.task("gpt");
            String image = application.task("sd");
            application.task("gpt");

            assertThat(application.awaitTold(1).get(0).taskId()).isEqualTo(image);
            String another = application.task("sd");
            assertThat(application.awaitTold(2).get(1).taskId()).isEqualTo(another);
        }
    }

    @Test
    void tasksOfOthersAreToldToWhoAsksForThem() throws Exception {
        String stranger = devnet.account(1).address();
        try (EventApplication own =
                        EventApplication.on(devnet).from("crynux:events").start();
                EventApplication any = EventApplication.on(devnet)
                        .component(crynux -> crynux.setPrivateKey(null))
                        .from("crynux:events?creator=any")
                        .start();
                EventApplication other = EventApplication.on(devnet)
                        .component(crynux -> {
                            crynux.setPrivateKey(devnet.account(1).privateKey());
                        })
                        .from("crynux:events?creator=" + devnet.account(0).address())
                        .from("crynux:events?creator=" + stranger)
                        .start()) {
            String theirs = other.task("gpt");
            String ours = own.task("gpt");

            any.awaitTold(2);
            other.awaitTold(2);
            own.awaitTold(1);

            assertThat(own.what()).containsExactly("TaskSuccess " + ours);
            assertThat(any.what()).containsExactlyInAnyOrder("TaskSuccess " + theirs, "TaskSuccess " + ours);
            assertThat(other.what()).containsExactlyInAnyOrder("TaskSuccess " + theirs, "TaskSuccess " + ours);
        }
    }

    @Test
    void abortedTasksAreToldWithTheirReason() throws Exception {
        devnet.faults().nodes().disagree();
        try (EventApplication application =
                EventApplication.on(devnet).from("crynux:gpt").start()) {
            String id = application.task("gpt");

            EventApplication.Told told = application.awaitTold(1).get(0);

            assertThat(told.what()).isEqualTo("TaskAborted " + id);
            assertThat(told.headers()).containsEntry(CrynuxConstants.ABORT_REASON, "Task result illegal");
        }
    }

    @Test
    void whatAnExchangeAwaitsIsToldTooAndSaidToBeAwaited() throws Exception {
        try (EventApplication application =
                EventApplication.on(devnet).from("crynux:events").start()) {
            String awaited = application.task("answer");
            String other = application.task("gpt");

            assertThat(application.awaitTold(2))
                    .extracting(EventApplication.Told::taskId, told -> told.headers()
                            .get(CrynuxConstants.AWAITED))
                    .containsExactly(tuple(awaited, true), tuple(other, false));
        }
    }

    @Test
    void theCreatorOfATaskThatWasCreatedBeforeIsFoundOut() throws Exception {
        devnet.faults().nodes().pause();
        try (EventApplication application = EventApplication.on(devnet).start()) {
            String id = application.task("gpt");
            try (EventApplication later = EventApplication.on(devnet)
                    .component(crynux -> crynux.setPrivateKey(null))
                    .from("crynux:gpt?creator=" + devnet.account(0).address())
                    .start()) {
                devnet.faults().clear();

                assertThat(later.awaitTold(1).get(0).what()).isEqualTo("TaskSuccess " + id);
            }
        }
    }

    @Test
    void wrongOptionsAreReportedAtStartWithTheValidValues() {
        assertRefused("crynux:events?eventTypes=TaskSucces", "Option eventTypes", "'TaskSucces'", "TaskResultUploaded");
        assertRefused("crynux:events?creator=me", "Option creator is 'me'", "an address");
        assertRefused("crynux:events?startBlock=yesterday", "Option startBlock", "latest, earliest or the number");
        assertRefused("crynux:events?confirmations=-1", "Option confirmations is -1");
        assertRefused("crynux:events?fetchResult=true&creator=any", "Option fetchResult needs creator=own");
        assertRefused("crynux:gpt?taskFee=30", "Option taskFee is for to(\"crynux:gpt\") only");
        assertRefused("crynux:events?model=x", "Option model does not apply to crynux:events");
        assertRefused("crynux:network", "has no consumer");
    }

    private static void assertRefused(String uri, String... words) {
        assertThatThrownBy(() -> EventApplication.on(devnet).from(uri).start().close())
                .satisfies(error -> assertThat(rootCause(error).getMessage()).contains(words));
    }

    private static Throwable rootCause(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null
                && !(cause instanceof IllegalArgumentException
                        && cause.getMessage().startsWith("Option"))) {
            cause = cause.getCause();
        }
        return cause;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.CrynuxDevnet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A route goes on where it was, also after a restart; each event comes once, and none is left out. */
@Tag("chain")
class EventOffsetsTest {
    private static final String EVENTS = "crynux:events?offsetRepository=#offsets";

    @RegisterExtension
    CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(50))
            .build();

    private final MemoryStateRepository offsets = new MemoryStateRepository();

    /** Else the application that starts it stops it too, and it forgets. */
    @BeforeEach
    void startOffsets() {
        offsets.start();
    }

    private EventApplication application(String uri) throws Exception {
        return EventApplication.on(devnet).bean("offsets", offsets).from(uri).start();
    }

    private String key() {
        return devnet.chainId() + ":" + devnet.contractAddress().toLowerCase(Locale.ROOT) + ":events0";
    }

    /** Ends a task while no route of events runs. */
    private String taskThatNobodyHearsOf() throws Exception {
        try (EventApplication silent = EventApplication.on(devnet).start()) {
            return silent.task("answer");
        }
    }

    @Test
    void whatHappenedDuringADowntimeIsToldAfterwardsAndNothingTwice() throws Exception {
        String first;
        try (EventApplication application = application(EVENTS)) {
            first = application.task("gpt");
            application.awaitTold(1);
        }
        String second = taskThatNobodyHearsOf();
        String third = taskThatNobodyHearsOf();

        try (EventApplication again = application(EVENTS)) {
            String fourth = again.task("gpt");
            again.awaitTold(3);

            assertThat(again.what())
                    .containsExactly("TaskSuccess " + second, "TaskSuccess " + third, "TaskSuccess " + fourth);
            assertThat(first).isNotEqualTo(second);
        }
    }

    @Test
    void aDowntimeBeforeTheFirstEventLosesNothingEither() throws Exception {
        application(EVENTS).close();
        String missed = taskThatNobodyHearsOf();

        try (EventApplication again = application(EVENTS)) {
            assertThat(again.awaitTold(1).get(0).what()).isEqualTo("TaskSuccess " + missed);
        }
    }

    @Test
    void withoutARepositoryARouteBeginsAtItsStartBlock() throws Exception {
        String first = taskThatNobodyHearsOf();
        String second = taskThatNobodyHearsOf();
        List<Long> blocks = new ArrayList<>();
        try (EventApplication earliest = application("crynux:events?startBlock=earliest")) {
            earliest.awaitTold(2)
                    .forEach(told -> blocks.add((Long) told.headers().get("CamelCrynuxBlockNumber")));
            assertThat(earliest.what()).containsExactly("TaskSuccess " + first, "TaskSuccess " + second);
        }
        try (EventApplication later = application("crynux:events?startBlock=" + (blocks.get(0) + 1))) {
            assertThat(later.awaitTold(1).get(0).what()).isEqualTo("TaskSuccess " + second);
        }
        try (EventApplication latest = application("crynux:events")) {
            String third = latest.task("gpt");
            assertThat(latest.awaitTold(1).get(0).what()).isEqualTo("TaskSuccess " + third);
        }
    }

    @Test
    void anEventThatWasNotHandledWhenTheApplicationEndedComesAgain() throws Exception {
        String first = taskThatNobodyHearsOf();
        String second = taskThatNobodyHearsOf();
        EventApplication dying = EventApplication.on(devnet)
                .bean("offsets", offsets)
                .from(EVENTS + "&startBlock=earliest&breakOnFirstError=true")
                .then(exchange -> {
                    if (exchange.getMessage().getHeader("CamelCrynuxTaskId").equals(second)) {
                        throw new IllegalStateException("no disk");
                    }
                })
                .start();
        dying.awaitTold(2);
        dying.close();

        try (EventApplication again = application(EVENTS)) {
            assertThat(again.awaitTold(1).get(0).what()).isEqualTo("TaskSuccess " + second);
            assertThat(first).isNotEqualTo(second);
        }
    }

    @Test
    void aFilterThatLetsNothingPassStillComesOn() throws Exception {
        String uri = EVENTS + "&creator=0x00000000000000000000000000000000000000aa&startBlock=earliest";
        taskThatNobodyHearsOf();
        application(uri).close();
        String stored = offsets.getState(key());

        taskThatNobodyHearsOf();
        EventApplication second = application(uri);
        await().atMost(EventApplication.SOON).untilAsserted(() -> {
            second.context().getRouteController().stopRoute("events0");
            String position = offsets.getState(key());
            second.context().getRouteController().startRoute("events0");
            assertThat(position).isNotEqualTo(stored);
        });
        second.close();
    }

    @Test
    void somethingElseUnderTheKeyIsRefusedAtStart() {
        offsets.setState(key(), "17");

        assertThatThrownBy(() -> application(EVENTS))
                .hasStackTraceContaining("Option offsetRepository has a value under the key " + key())
                .hasStackTraceContaining("Remove it to start from startBlock");
    }

    @Test
    void aPositionOfAChainThatWasResetIsToldAndLeftBehind() throws Exception {
        application(EVENTS).close();
        String stored = offsets.getState(key());
        offsets.setState(key(), stored.replaceAll("\"hash\":\"0x..", "\"hash\":\"0xff"));
        String missed = taskThatNobodyHearsOf();

        try (EventApplication again = application(EVENTS + "&startBlock=earliest")) {
            assertThat(again.awaitTold(1).get(0).what()).isEqualTo("TaskSuccess " + missed);
        }
    }

    @Test
    void theKeyCanBeChosen() throws Exception {
        application(EVENTS + "&offsetKey=mine").close();

        assertThat(offsets.getState("mine")).isNotNull();
    }
}

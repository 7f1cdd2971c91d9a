// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.CrynuxDevnet;
import java.time.Duration;
import java.util.List;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that a reorganisation takes back is told as removed, and what stands in its place is told too. */
@Tag("chain")
class EventReorganisationTest {
    @RegisterExtension
    CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(50))
            .build();

    private final MemoryStateRepository offsets = new MemoryStateRepository();

    /** Blocks enough to be taken back; and offsets that no application starts, which would stop them too. */
    @BeforeEach
    void makeBlocks() {
        offsets.start();
        for (int i = 0; i < 25; i++) {
            devnet.chain().mine();
        }
    }

    private EventApplication application(String uri) throws Exception {
        return EventApplication.on(devnet).bean("offsets", offsets).from(uri).start();
    }

    /** Of every event that was told, what holds in the end: told once more often than it was taken back. */
    private static List<String> standing(EventApplication application) {
        List<EventApplication.Told> told = application.told();
        return told.stream()
                .filter(one -> !one.removed())
                .filter(one -> told.stream().noneMatch(other -> other.id().equals(one.id() + ":removed")))
                .map(EventApplication.Told::what)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void anEventIsTakenBackAndItsSuccessorIsTold(int depth) throws Exception {
        try (EventApplication application = application("crynux:events?eventTypes=TaskPending,TaskSuccess")) {
            await().atMost(EventApplication.SOON)
                    .until(() -> devnet.chain().view().newest(1).get(0).number() > 25);
            String id = application.task("answer");
            application.awaitTold(2);
            devnet.chain().pauseBlocks();

            devnet.chain().reorg(depth);
            devnet.chain().resumeBlocks();

            // Whatever was in the replaced blocks is mined again, in the same order or another.
            await().atMost(EventApplication.SOON).untilAsserted(() -> assertThat(standing(application))
                    .containsExactly("TaskPending " + id, "TaskSuccess " + id));
            assertThat(application.told().stream().filter(EventApplication.Told::removed))
                    .allSatisfy(
                            removed -> assertThat(application.told().stream().map(EventApplication.Told::id))
                                    .contains(removed.id().replace(":removed", "")));
            assertThat(application.told().stream().map(EventApplication.Told::id))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void theNewestIsTakenBackFirst() throws Exception {
        try (EventApplication application =
                application("crynux:events?eventTypes=TaskPending,TaskStarted,TaskSuccess,TaskResultUploaded")) {
            application.task("answer");
            await().atMost(EventApplication.SOON)
                    .until(() -> application.what().stream().anyMatch(what -> what.startsWith("TaskResultUploaded")));
            List<String> before =
                    application.told().stream().map(EventApplication.Told::id).toList();

            devnet.chain().reorg(20);

            await().atMost(EventApplication.SOON)
                    .until(() -> application.told().stream()
                                    .filter(EventApplication.Told::removed)
                                    .count()
                            == before.size());
            List<String> removed = application.told().stream()
                    .filter(EventApplication.Told::removed)
                    .map(told -> told.id().replace(":removed", ""))
                    .toList();
            assertThat(removed.get(0)).isEqualTo(before.get(before.size() - 1));
            assertThat(removed).isSubsetOf(before);
        }
    }

    @Test
    void confirmationsKeepQuietAboutWhatIsTakenBack() throws Exception {
        try (EventApplication application = application("crynux:events?confirmations=8")) {
            String id = application.task("answer");

            devnet.chain().reorg(5);

            assertThat(application.awaitTold(1).get(0).what()).isEqualTo("TaskSuccess " + id);
            assertThat(application.told()).noneMatch(EventApplication.Told::removed);
        }
    }

    @Test
    void whatIsReplacedDuringADowntimeIsTakenBackAfterwards() throws Exception {
        String uri = "crynux:events?offsetRepository=#offsets&eventTypes=TaskPending";
        String id;
        String before;
        try (EventApplication application = application(uri)) {
            devnet.faults().nodes().pause();
            id = application.task("gpt");
            before = application.awaitTold(1).get(0).id();
        }
        devnet.chain().reorg(20);

        try (EventApplication again = application(uri)) {
            List<EventApplication.Told> told = again.awaitTold(2);

            assertThat(told.get(0).id()).isEqualTo(before + ":removed");
            assertThat(told.get(1).what()).isEqualTo("TaskPending " + id);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.devnet.board.TaskState;
import io.crynux.devnet.result.TaskKind;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a test says of the tasks that arrived, and what it is told when that is not so. */
class ArrivedTasksTest {
    private static final String LIGHTHOUSE =
            "{\"base_model\":{\"name\":\"crynux-network/sdxl-turbo\"},\"prompt\":\"a lighthouse at dawn\",\"task_config\":{\"num_images\":1}}";

    @RegisterExtension
    final CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(50))
            .relayLag(Duration.ofMillis(20))
            .workTime(Duration.ofMillis(20))
            .build();

    private Creator creator() {
        return new Creator(devnet, 0);
    }

    @Test
    void whatArrivedIsAwaited() {
        Creator creator = creator();
        long id = creator.createTask(0, LIGHTHOUSE, 8, 1);
        creator.upload(id, LIGHTHOUSE);

        devnet.tasks().areCreated(1).allSucceed().areAllDifferent().eachPaid("30");
        DevnetTask task = devnet.tasks().withPrompt("lighthouse");
        assertThat(task.id()).isEqualTo(id);
        assertThat(task.kind()).isEqualTo(TaskKind.SD);
        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(task.creator()).isEqualTo(devnet.account(0).address().toLowerCase(Locale.ROOT));
    }

    @Test
    void whatFailsSaysWhatArrivedInstead() {
        devnet.faults().nodes().fail(3);
        Creator creator = creator();
        creator.upload(creator.createTask(0, LIGHTHOUSE, 8, 1), LIGHTHOUSE);

        assertThat(devnet.tasks().aborted("Task error reported").prompt()).isEqualTo("a lighthouse at dawn");
        assertThatThrownBy(() -> devnet.tasks().allSucceed())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected only tasks that succeed; arrived 1:")
                .hasMessageContaining("task 1 (SD, 30 CNX by 0x")
                .hasMessageContaining("aborted: Task error reported, \"a lighthouse at dawn\")");
    }

    @Test
    void noneIsSeenByWaiting() {
        devnet.tasks().within(Duration.ofMillis(200)).areCreated(0);

        assertThatThrownBy(() -> devnet.tasks().within(Duration.ofMillis(50)).areCreated(1))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected 1 tasks; arrived none");
    }

    @Test
    void theSameTwiceIsNotAllDifferent() {
        Creator creator = creator();
        creator.upload(creator.createTask(0, LIGHTHOUSE, 8, 1), LIGHTHOUSE);
        creator.upload(creator.createTask(0, LIGHTHOUSE, 8, 1), LIGHTHOUSE);

        assertThatThrownBy(() -> devnet.tasks().areCreated(2).areAllDifferent())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no two tasks with the same parameters");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real contract's recorded answers to getTask are read as what they mean. */
class RecordedTasksTest {

    private static String answer(String recording, String label) {
        return Recording.of(recording)
                .entry(label)
                .path("response")
                .path("result")
                .textValue();
    }

    @Test
    void aTaskThatRunsHasItsNodes() {
        TaskInfo info = TaskInfo.read(answer("01-sd-success", "getTask while running"));

        assertThat(info.isOf(BigInteger.ONE)).isTrue();
        assertThat(info.succeeded()).isFalse();
        assertThat(info.aborted()).isFalse();
        assertThat(info.nodes())
                .containsExactly(
                        "0x90f79bf6eb2c4f870365e785982e1f101e93b906",
                        "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc",
                        "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65");
    }

    @ParameterizedTest
    @CsvSource({
        "01-sd-success, getTask after the task was deleted, 1",
        "03-aborted-result-illegal, getTask after, 1",
        "05-queued-then-started, getTask of a queued task, 2"
    })
    void aTaskThatIsOverAndOneThatIsQueuedLookTheSame(String recording, String label, BigInteger taskId) {
        TaskInfo info = TaskInfo.read(answer(recording, label));

        assertThat(info.isOf(taskId)).isFalse();
        assertThat(info.nodes()).isEmpty();
    }

    @Test
    void anAnswerThatIsCutIsNone() {
        String answer = answer("01-sd-success", "getTask while running");

        assertThatThrownBy(() -> TaskInfo.read(answer.substring(0, 1_300))).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> TaskInfo.read("0x")).isInstanceOf(RuntimeException.class);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fine-tuning tasks that the network takes the money for and then fails. */
class SdFtLoraWarningsTest {

    private static List<String> pointers(String dataset, String more) {
        String json = "{\"model\":{\"name\":\"m\"},\"dataset\":" + dataset + ",\"validation\":{},\"train_args\":{}"
                + more + "}";
        assertThat(TaskSchema.of(TaskKind.SD_FT_LORA).validate(json))
                .as("what we warn of is valid")
                .isEmpty();
        return TaskWarnings.of(TaskKind.SD_FT_LORA, json).stream()
                .map(Violation::pointer)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "{}|/dataset",
                "{\"name\":null,\"url\":null}|/dataset",
                "{\"url\":\"ftp://example.test/a.zip\"}|/dataset/url",
                "{\"name\":\"n\",\"url\":\"https://example.test/a.zip\"}|/dataset/url"
            })
    void dataThatNodesDoNotFind(String dataset, String pointer) {
        assertThat(pointers(dataset, "")).containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"n\"}", "{\"url\":\"https://example.test/a.zip\"}", "{\"url\":\"HTTP://a/b\"}"})
    void dataThatNodesFind(String dataset) {
        assertThat(pointers(dataset, "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {"\"version\":\"2.5.2\"|/version", "\"dataloader_num_workers\":4|/dataloader_num_workers"})
    void membersThatNodesRefuseOrIgnore(String member, String pointer) {
        assertThat(pointers("{\"name\":\"n\"}", "," + member)).containsExactly(pointer);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import io.crynux.client.task.TaskRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Forms of requests in JSON; each seed that is made up is 7. */
final class Forms {

    private Forms() {}

    static TaskForm of(TaskKind kind, String json) {
        return of(kind, json, request -> request);
    }

    static TaskForm of(TaskKind kind, String json, UnaryOperator<TaskRequest.Builder> settings) {
        TaskRequest.Builder request =
                TaskRequest.builder(TaskParameters.ofJson(kind, json)).fee("5");
        if (kind == TaskKind.SD_FT_LORA) {
            request.executionTimeout(Duration.ofHours(1));
        }
        return new TaskForms(() -> 7).of(settings.apply(request).build());
    }

    /** The violations for which there is no form. */
    static List<Violation> violations(TaskKind kind, String json) {
        return violations(kind, json, request -> request);
    }

    /** As {@link #violations(TaskKind, String)}, with settings. */
    static List<Violation> violations(TaskKind kind, String json, UnaryOperator<TaskRequest.Builder> settings) {
        return catchThrowableOfType(InvalidTaskException.class, () -> of(kind, json, settings))
                .violations();
    }

    /** Parameters of an image task with more members. */
    static String image(String model, String more) {
        return "{\"base_model\":" + model + ",\"prompt\":\"p\",\"task_config\":{\"num_images\":2}" + more + "}";
    }

    /** Parameters of a text task with more members. */
    static String text(String more) {
        return "{\"model\":\"Qwen/Qwen3-8B\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + more + "}";
    }

    /** Parameters of a fine-tuning task of a model. */
    static String fineTuning(String model) {
        return "{\"model\":" + model + ",\"dataset\":{\"name\":\"d\"},\"validation\":{},\"train_args\":{}}";
    }
}

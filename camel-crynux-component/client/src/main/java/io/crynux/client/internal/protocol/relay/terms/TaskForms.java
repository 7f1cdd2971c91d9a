// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.internal.schema.ParameterSummary;
import io.crynux.client.internal.schema.TaskRefusals;
import io.crynux.client.internal.schema.TaskSchema;
import io.crynux.client.internal.schema.TaskWarnings;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import io.crynux.client.task.TaskRequest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/** Turns requests into what today's Relay receives, and refuses what it would refuse. Thread-safe. */
public final class TaskForms {
    /** The Relay's own clients count in gwei and 64 bits. */
    private static final BigInteger MOST_FEE_WEI = BigInteger.ONE.shiftLeft(63).multiply(BigInteger.TEN.pow(9));

    private final IntSupplier seeds;

    /** Gives parameters without a seed a random one, from 0 to 2147483646, which all kinds of tasks accept. */
    public TaskForms() {
        this(() -> ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    }

    /** @param seeds seeds for parameters without one */
    TaskForms(IntSupplier seeds) {
        this.seeds = seeds;
    }

    /**
     * The form of a request: its parameters with number of images, seed and {@code do_sample} always written, and its terms.
     *
     * <p>Two calls for a request without a seed give different parameters, so repetitions of a task must send the first form.
     *
     * @throws InvalidTaskException if the parameters are not valid, or a setting is missing
     */
    public TaskForm of(TaskRequest request) {
        TaskKind kind = request.kind();
        checkSettings(request);
        JsonNode parameters = TaskJson.read(request.parametersJson());
        List<Violation> warnings = new ArrayList<>(FixedParameters.withoutEffect(kind, parameters));
        FixedParameters.complete(kind, parameters, seeds);
        String json = TaskJson.write(parameters);

        TaskParameters.Check check = request.check().orElseGet(() -> TaskSchema.of(kind)::check);
        check.check(json);
        List<Violation> refusals = new ArrayList<>(TaskRefusals.of(kind, parameters));
        if (check == TaskParameters.Check.NONE) {
            warnings.addAll(refusals);
            refusals.clear();
        }
        warnings.addAll(TaskWarnings.of(kind, parameters));

        ModelIds models = ModelIds.of(kind, parameters);
        RelayTerms terms = terms(request, models.ids(), parameters);
        warnings.addAll(models.warnings());
        refusals.addAll(models.refusals());
        refusals.addAll(QuantizeBits.violations(parameters));
        refusals.addAll(SizeLimits.violations(json, parameters, terms));
        if (!refusals.isEmpty()) {
            throw new InvalidTaskException("The Relay would refuse these parameters; nothing was sent", refusals);
        }
        return new TaskForm(json, terms, warnings);
    }

    private static RelayTerms terms(TaskRequest request, List<String> models, JsonNode parameters) {
        TaskKind kind = request.kind();
        ParameterSummary summary = ParameterSummary.of(kind, parameters);
        return new RelayTerms(
                models,
                request.vramLimit() < 0 ? leastVram(kind, summary) : request.vramLimit(),
                request.gpuName(),
                request.gpuVram(),
                request.taskVersion(),
                kind == TaskKind.SD ? summary.resultFiles() : 1,
                request.executionTimeout().map(timeout -> timeout.toSeconds()).orElse(0L));
    }

    /** The Relay ignores the letter case of models. */
    private static long leastVram(TaskKind kind, ParameterSummary summary) {
        return ParameterSummary.vramLimit(kind, summary.model().orElse("").toLowerCase(Locale.ROOT));
    }

    private static void checkSettings(TaskRequest request) {
        if (request.feeWei().compareTo(MOST_FEE_WEI) >= 0) {
            throw new InvalidTaskException("taskFee is 2^63 gwei (9223372036.854775808 CNX) or more; set a lower one");
        }
        if (!request.gpuName().isEmpty() && request.gpuVram() == 0) {
            throw new InvalidTaskException(
                    "gpuVram is missing; with a gpuName the Relay chooses only nodes whose GPU has"
                            + " exactly this name and VRAM. Set gpuVram to the VRAM of this GPU in GB, such as 24");
        }
        if (request.kind() == TaskKind.SD_FT_LORA && request.executionTimeout().isEmpty()) {
            throw new InvalidTaskException("executionTimeout is missing; the Relay requires it for tasks of kind "
                    + request.kind().id() + ". Set it to the time that a node may take to train, such as 1h");
        }
    }
}

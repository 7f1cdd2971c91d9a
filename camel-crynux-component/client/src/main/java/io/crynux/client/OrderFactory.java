// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.internal.contract.ChainTerms;
import io.crynux.client.internal.engine.Submission;
import io.crynux.client.internal.json.TaskHash;
import io.crynux.client.internal.schema.ParameterSummary;
import io.crynux.client.internal.schema.TaskRefusals;
import io.crynux.client.internal.schema.TaskSchema;
import io.crynux.client.internal.schema.TaskWarnings;
import io.crynux.client.internal.text.ForeignText;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import io.crynux.client.task.TaskRequest;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Validates requests and turns them into orders. */
final class OrderFactory {
    private static final Logger LOG = LoggerFactory.getLogger(OrderFactory.class);

    private final String creator;

    OrderFactory(String creator) {
        this.creator = creator;
    }

    /** @throws InvalidTaskException if the parameters are not valid */
    Submission submission(TaskRequest request) {
        request.maxFeeWei().filter(most -> request.feeWei().compareTo(most) > 0).ifPresent(most -> {
            throw new BudgetExceededException("The fee of " + TaskFacts.cnx(request.feeWei())
                    + " is above the limit of " + TaskFacts.cnx(most) + ". Nothing was signed");
        });
        TaskOrder order = order(request);
        String key = request.idempotencyKey().or(request::joinKey).orElse(order.key());
        return new Submission(
                order,
                key,
                request.idempotencyKey().isPresent(),
                request.waitFor(),
                request.timeout(),
                request.cancelOnTimeout(),
                request.maxAttempts(),
                request.feeIncrease(),
                request.maxFeeWei().orElse(null));
    }

    /** @throws InvalidTaskException if the parameters are not valid */
    TaskOrder checked(TaskRequest request) {
        return submission(request).order();
    }

    private TaskOrder order(TaskRequest request) {
        String json = request.parametersJson();
        TaskParameters.Check check = request.check().orElseGet(() -> TaskSchema.of(request.kind())::check);
        check.check(json);
        if (check == TaskParameters.Check.NONE) {
            TaskRefusals.of(request.kind(), json).forEach(refusal -> warn(request.kind(), refusal));
        } else {
            TaskRefusals.check(request.kind(), json);
        }
        checkGpu(request);
        TaskWarnings.of(request.kind(), json).forEach(warning -> warn(request.kind(), warning));
        ParameterSummary summary = ParameterSummary.of(request.kind(), json);
        ChainTerms terms = new ChainTerms(
                request.vramLimit() < 0 ? summary.vramLimit() : request.vramLimit(),
                request.cap() < 0 ? summary.cap() : request.cap(),
                request.gpuName(),
                request.gpuVram());
        return TaskOrder.of(UUID.randomUUID().toString(), request.kind(), json, TaskHash.of(json), creator)
                .withFee(request.feeWei())
                .withResult(summary.resultFiles(), request.maxResultBytes(), request.spoolThreshold())
                .withIdempotencyKey(request.idempotencyKey().orElse(null))
                .withTerms(terms.data());
    }

    private static void warn(TaskKind kind, Violation warning) {
        LOG.warn(
                "The network accepts this task of kind {}, but its nodes are known to fail on it or to ignore a part of it: {} {}",
                kind.id(),
                ForeignText.shown(warning.pointer()),
                warning.problem());
    }

    private void checkGpu(TaskRequest request) {
        if (request.kind() == TaskKind.SD_FT_LORA && request.gpuName().isEmpty()) {
            throw new InvalidTaskException("gpuName is missing; the contract requires it for tasks of kind sd-ft-lora");
        }
    }
}

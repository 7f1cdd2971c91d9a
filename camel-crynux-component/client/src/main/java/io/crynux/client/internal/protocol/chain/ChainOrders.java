// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.contract.ChainTerms;
import io.crynux.client.internal.json.TaskHash;
import io.crynux.client.internal.schema.OrderWarnings;
import io.crynux.client.internal.schema.ParameterSummary;
import io.crynux.client.internal.schema.TaskRefusals;
import io.crynux.client.internal.schema.TaskSchema;
import io.crynux.client.internal.schema.TaskWarnings;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import io.crynux.client.task.TaskRequest;
import java.util.UUID;
import java.util.function.Function;

/** Turns requests into orders of the classic network, and refuses those that it would refuse. */
public final class ChainOrders implements Function<TaskRequest, TaskOrder> {
    private final String creator;

    /** @param creator address of the wallet, in lower case; null without a wallet */
    public ChainOrders(String creator) {
        this.creator = creator;
    }

    /** @throws InvalidTaskException if the parameters are not valid */
    @Override
    public TaskOrder apply(TaskRequest request) {
        String json = request.parametersJson();
        TaskParameters.Check check = request.check().orElseGet(() -> TaskSchema.of(request.kind())::check);
        check.check(json);
        if (check == TaskParameters.Check.NONE) {
            OrderWarnings.log(request.kind(), TaskRefusals.of(request.kind(), json));
        } else {
            TaskRefusals.check(request.kind(), json);
        }
        checkGpu(request);
        OrderWarnings.log(request.kind(), TaskWarnings.of(request.kind(), json));
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

    private static void checkGpu(TaskRequest request) {
        if (request.kind() == TaskKind.SD_FT_LORA && request.gpuName().isEmpty()) {
            throw new InvalidTaskException("gpuName is missing; the contract requires it for tasks of kind sd-ft-lora");
        }
    }
}

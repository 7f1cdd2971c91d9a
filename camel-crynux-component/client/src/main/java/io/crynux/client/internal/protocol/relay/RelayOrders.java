// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.internal.json.TaskHash;
import io.crynux.client.internal.protocol.relay.terms.TaskForm;
import io.crynux.client.internal.protocol.relay.terms.TaskForms;
import io.crynux.client.internal.schema.OrderWarnings;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.task.TaskRequest;
import java.util.UUID;
import java.util.function.Function;

/** Turns requests into orders of today's network, and refuses those that the Relay would refuse. */
public final class RelayOrders implements Function<TaskRequest, TaskOrder> {
    private final String creator;
    private final TaskForms forms = new TaskForms();

    /** @param creator address of the wallet, in lower case */
    public RelayOrders(String creator) {
        this.creator = creator;
    }

    /** @throws io.crynux.client.error.InvalidTaskException if the parameters or a setting are not valid */
    @Override
    public TaskOrder apply(TaskRequest request) {
        TaskForm form = forms.of(request);
        OrderWarnings.log(request.kind(), form.warnings());
        // What is sent has a seed of its own each time, so the request is known by what the user gave.
        String hash = TaskHash.of(request.parametersJson());
        return TaskOrder.of(UUID.randomUUID().toString(), request.kind(), form.parametersJson(), hash, creator)
                .withFee(request.feeWei())
                .withResult((int) form.terms().size(), request.maxResultBytes(), request.spoolThreshold())
                .withIdempotencyKey(request.idempotencyKey().orElse(null))
                .withTerms(RelayTexts.of(form.terms()));
    }
}

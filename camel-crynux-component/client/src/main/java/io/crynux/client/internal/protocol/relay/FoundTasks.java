// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.json.TaskHash;
import io.crynux.client.internal.protocol.FoundTask;
import io.crynux.client.internal.protocol.relay.ids.RequestIds;
import io.crynux.client.internal.protocol.relay.life.Creations;
import io.crynux.client.internal.protocol.relay.life.Life;
import io.crynux.client.internal.protocol.relay.task.RelayTask;
import io.crynux.client.internal.protocol.relay.terms.RelayTerms;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.Spending;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskState;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Makes records of tasks that were found at the Relay. */
final class FoundTasks {
    private final RelayProtocol protocol;

    FoundTasks(RelayProtocol protocol) {
        this.protocol = protocol;
    }

    /**
     * A request that is found by its first task.
     *
     * @param tasks further tasks that are known, by their commitments
     */
    CompletableFuture<FoundTask> of(RelayTask first, RequestIds ids, Map<String, RelayTask> tasks) {
        return protocol.relay().api().arguments(first.commitment()).thenApply(answer -> {
            String arguments = answer.value()
                    .orElseThrow(() -> new NetworkException("Task " + first.commitment() + " cannot be read: "
                            + answer.refusal().orElseThrow().text()));
            Life life = Life.prepared(protocol.rules().creator(), first.nonce(), ids.commitments());
            for (int i = 0; i < ids.commitments().size(); i++) {
                RelayTask task = tasks.get(ids.commitment(i));
                life = task == null ? life : Creations.adopted(life, i, task, protocol.now());
            }
            TaskRecord record = record(order(first, arguments), life, first.commitment());
            return new FoundTask(record, other -> isSame(other, first.nonce()), attempt -> {}, () -> {});
        });
    }

    private TaskRecord record(TaskOrder order, Life life, String commitment) {
        ProtocolData data = RelayTexts.with(ProtocolData.EMPTY, life);
        Spending spending = new Spending(protocol.context().now(), protocol.mostWei(order.feeWei()));
        return TaskRecord.prepared(order)
                .committed(TaskState.SIGNED, null, spending, data)
                .created(commitment);
    }

    private TaskOrder order(RelayTask task, String arguments) {
        TaskKind kind = TaskKind.ofCode(task.kind())
                .orElseThrow(() -> new NetworkException("Task " + task.commitment() + " has the type " + task.kind()
                        + ", which this version of the client does not know"));
        RelayTerms terms = new RelayTerms(
                task.modelIds(),
                task.minVram().longValueExact(),
                task.requiredGpu(),
                task.requiredGpuVram().longValueExact(),
                task.taskVersion(),
                task.taskSize().longValueExact(),
                kind == TaskKind.SD_FT_LORA ? task.timeoutSeconds().longValueExact() : 0);
        return TaskOrder.of(UUID.randomUUID().toString(), kind, arguments, TaskHash.of(arguments), protocol.account())
                .withFee(task.feeWei())
                .withResult(
                        task.taskSize().intValueExact(),
                        TaskRequest.DEFAULT_MAX_RESULT_BYTES,
                        TaskRequest.DEFAULT_SPOOL_THRESHOLD)
                .withTerms(RelayTexts.of(terms));
    }

    private static boolean isSame(TaskRecord other, String firstNonce) {
        return RelayTexts.hasLife(other.data())
                && RelayTexts.life(other.data()).firstNonce().equals(firstNonce);
    }
}

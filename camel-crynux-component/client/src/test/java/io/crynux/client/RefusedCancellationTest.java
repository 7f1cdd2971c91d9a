// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.journal.InMemoryTaskJournal;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.RpcProxy;
import io.crynux.testing.WatchedJournal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A cancelTask that a node refuses stays watched until its nonce is used, since nodes have been wrong. */
class RefusedCancellationTest extends ChainTestSupport {

    /** The next transaction is refused for a rule of the chain, and the node has it or not. */
    private void refuseNext(boolean taken) {
        rpc.intercept("eth_getTransactionByHash", (params, node) -> RpcProxy.result(null));
        rpc.intercept("eth_sendRawTransaction", (params, node) -> {
            if (taken) {
                assertThat(node.get().has("result")).isTrue();
            }
            rpc.release("eth_sendRawTransaction");
            return RpcProxy.error(-32000, "intrinsic gas too low");
        });
    }

    private long sentWithNonce(int nonce) {
        return sent().stream().filter(t -> t.getNonce().intValue() == nonce).count();
    }

    private TaskResult created(CrynuxClient client) throws Exception {
        CompletableFuture<TaskResult> task = submitUntilCreated(client, "30");
        await().atMost(SOON).until(() -> sentWithNonce(0) == 1);
        devnet.chain().mine();
        return get(task);
    }

    private static Throwable refused(CrynuxClient client, TaskResult task) throws Exception {
        return failure(client.tasks().cancel(task.taskId(), WaitFor.CREATED, OperationSettings.DEFAULT));
    }

    @Test
    void aTaskThatLosesItsNonceToItIsPaidWithAnotherOne() throws Exception {
        start(still().nodes(0));
        CrynuxClient client = open(builder());
        TaskResult task = created(client);
        refuseNext(true);
        assertThat(refused(client, task)).hasMessageContaining("intrinsic gas too low");
        CompletableFuture<TaskResult> other = submitUntilCreated(client, "31");
        await().atMost(SOON).until(() -> sentWithNonce(1) == 2);

        await().pollInterval(Duration.ofMillis(100)).atMost(SOON).until(() -> {
            devnet.chain().mine();
            return sentWithNonce(2) == 1;
        });
        devnet.chain().mine();

        assertThat(get(other).taskId()).isEqualTo(BigInteger.TWO);
        assertThat(get(client.tasks().status(task.taskId())).abortReason()).isEqualTo("Task Cancelled");
        assertThat(minedTransactions()).as("two payments, one cancellation").isEqualTo(3);
    }

    @Test
    void itIsSettledOnceAnotherTransactionHasUsedItsNonce() throws Exception {
        start(still().nodes(0));
        WatchedJournal journal = new WatchedJournal(new InMemoryTaskJournal());
        AtomicReference<JournalRecord> last = new AtomicReference<>();
        journal.afterWrite(record -> {
            if (record instanceof LaneRecord) {
                last.set(record);
            }
        });
        CrynuxClient client = open(builder().journal(journal));
        TaskResult task = created(client);
        refuseNext(false);
        assertThat(refused(client, task)).hasMessageContaining("intrinsic gas too low");
        assertThat(last.get().isRefused()).as("watched").isTrue();
        CompletableFuture<TaskResult> other = submitUntilCreated(client, "31");
        await().atMost(SOON).until(() -> sentWithNonce(1) == 2);

        await().pollInterval(Duration.ofMillis(100)).atMost(SOON).until(() -> {
            devnet.chain().mine();
            return last.get().isSettled();
        });

        assertThat(get(other).taskId()).isEqualTo(BigInteger.TWO);
        assertThat(last.get().state()).isEqualTo(TaskState.REJECTED);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.WaitFor;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A task to resume: by its id, or by the transaction that creates it, which may not be mined yet. Immutable.
 *
 * @param taskId id under which the network knows the task; null if the transaction is set
 * @param transactionHash hash of the createTask, with 0x; null if the id is set
 * @param parameters returns, for the task's kind, candidates for the parameters that were paid for; the client uploads the one
 *     whose keccak256 hash is the task's. Needed only if the Relay does not have the parameters yet
 * @param waitFor state to wait for
 * @param settings timeout and limits of the result
 */
public record Resumption(
        String taskId,
        String transactionHash,
        Function<TaskKind, List<String>> parameters,
        WaitFor waitFor,
        OperationSettings settings) {

    public Resumption {
        if ((taskId == null) == (transactionHash == null)) {
            throw new IllegalArgumentException("Set either taskId or transactionHash");
        }
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(waitFor, "waitFor");
        Objects.requireNonNull(settings, "settings");
    }

    /** Resumes a task without parameters and waits for its result. */
    public static Resumption ofTask(String taskId) {
        return new Resumption(taskId, null, kind -> List.of(), WaitFor.RESULT, OperationSettings.DEFAULT);
    }

    /** Resumes a task without parameters and waits for its result. */
    public static Resumption ofTransaction(String hash) {
        return new Resumption(null, hash, kind -> List.of(), WaitFor.RESULT, OperationSettings.DEFAULT);
    }

    /** Adds the parameters that were paid for, byte for byte. */
    public Resumption withParameters(String json) {
        return withParameters(kind -> List.of(json));
    }

    /** Adds candidates for the parameters that were paid for, by the task's kind. */
    public Resumption withParameters(Function<TaskKind, List<String>> candidates) {
        return new Resumption(taskId, transactionHash, candidates, waitFor, settings);
    }

    /** Sets the state to wait for. */
    public Resumption withWaitFor(WaitFor otherWaitFor) {
        return new Resumption(taskId, transactionHash, parameters, otherWaitFor, settings);
    }

    /** Sets the timeout and the limits of the result. */
    public Resumption withSettings(OperationSettings otherSettings) {
        return new Resumption(taskId, transactionHash, parameters, waitFor, otherSettings);
    }
}

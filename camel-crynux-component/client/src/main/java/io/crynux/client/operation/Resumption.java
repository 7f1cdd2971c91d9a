// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.WaitFor;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A task to be taken up: by its id, or by the transaction that creates it, which may not be in a block yet. Immutable.
 *
 * @param taskId its id; null where the transaction is given
 * @param transactionHash of its createTask, with 0x; null where the id is given
 * @param parameters gives, for the task's kind, JSON texts that may be the parameters which were paid for: the one whose
 *     keccak256 is the task's hash is uploaded. Needed only where the Relay has none yet
 * @param waitFor how far to wait
 * @param settings how long, and which results are taken
 */
public record Resumption(
        BigInteger taskId,
        String transactionHash,
        Function<TaskKind, List<String>> parameters,
        WaitFor waitFor,
        OperationSettings settings) {

    public Resumption {
        if ((taskId == null) == (transactionHash == null)) {
            throw new IllegalArgumentException("Either taskId or transactionHash must be given");
        }
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(waitFor, "waitFor");
        Objects.requireNonNull(settings, "settings");
    }

    /** Without parameters, to its result. */
    public static Resumption ofTask(BigInteger taskId) {
        return new Resumption(taskId, null, kind -> List.of(), WaitFor.RESULT, OperationSettings.DEFAULT);
    }

    /** Without parameters, to its result. */
    public static Resumption ofTransaction(String hash) {
        return new Resumption(null, hash, kind -> List.of(), WaitFor.RESULT, OperationSettings.DEFAULT);
    }

    /** With the parameters that were paid for, byte for byte. */
    public Resumption withParameters(String json) {
        return withParameters(kind -> List.of(json));
    }

    public Resumption withParameters(Function<TaskKind, List<String>> candidates) {
        return new Resumption(taskId, transactionHash, candidates, waitFor, settings);
    }

    public Resumption withWaitFor(WaitFor otherWaitFor) {
        return new Resumption(taskId, transactionHash, parameters, otherWaitFor, settings);
    }

    public Resumption withSettings(OperationSettings otherSettings) {
        return new Resumption(taskId, transactionHash, parameters, waitFor, otherSettings);
    }
}

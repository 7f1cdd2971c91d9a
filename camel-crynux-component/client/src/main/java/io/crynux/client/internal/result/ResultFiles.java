// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.result;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.schema.ParameterSummary;
import io.crynux.client.task.TaskKind;
import java.util.Optional;

/** Number of files of a result. */
public final class ResultFiles {

    private ResultFiles() {}

    /** Number of files: images by the hashes that the nodes agreed on, others by the parameters, if known. */
    public static int count(TaskKind kind, String args, Optional<ContractEvent.Succeeded> success) {
        if (kind == TaskKind.SD && success.isPresent()) {
            return success.get().images();
        }
        return args == null ? 1 : ParameterSummary.of(kind, args).resultFiles();
    }
}

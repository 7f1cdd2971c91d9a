// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.text.ForeignText;
import io.crynux.client.task.TaskKind;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what is odd about the parameters of a task that is ordered all the same. */
public final class OrderWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(OrderWarnings.class);

    private OrderWarnings() {}

    public static void log(TaskKind kind, List<Violation> warnings) {
        warnings.forEach(warning -> LOG.warn(
                "The network accepts this task of kind {}, but its nodes are known to fail on it or to ignore a part of it: {} {}",
                kind.id(),
                ForeignText.shown(warning.pointer()),
                warning.problem()));
    }
}

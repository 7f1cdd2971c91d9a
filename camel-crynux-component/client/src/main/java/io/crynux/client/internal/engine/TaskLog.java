// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.TaskFacts;
import io.crynux.client.journal.TaskRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each state of each task: INFO where money leaves, else DEBUG; never a prompt. */
final class TaskLog {
    private static final Logger LOG = LoggerFactory.getLogger(TaskLog.class);
    private static final int HASH_CHARACTERS = 10;

    private TaskLog() {}

    static void state(TaskRecord record) {
        switch (record.state()) {
            case SENT ->
                LOG.info(
                        "{}: SENT, pays {}",
                        name(record),
                        TaskFacts.cnx(record.order().feeWei()));
            case CREATED ->
                LOG.debug(
                        "{} task {}: CREATED as task {}",
                        record.order().kind().id(),
                        shortHash(record),
                        record.taskId());
            default -> LOG.debug("{}: {}", name(record), record.state());
        }
    }

    /** "sd task 7", or "sd task 0x12ab..." by its hash while it has no id. */
    static String name(TaskRecord record) {
        return record.order().kind().id() + " task " + (record.taskId() == null ? shortHash(record) : record.taskId());
    }

    private static String shortHash(TaskRecord record) {
        return record.order().taskHash().substring(0, HASH_CHARACTERS) + "...";
    }
}

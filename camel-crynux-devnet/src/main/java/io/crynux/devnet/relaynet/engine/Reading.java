// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskStatus;
import java.util.List;

/** What creators, and nodes for their tasks, may read. */
final class Reading {
    private final Database database;

    Reading(Database database) {
        this.database = database;
    }

    private RelayTask find(String commitment) throws RequestRefusedException {
        return database.forRequest()
                .task(commitment)
                .orElseThrow(() -> RequestRefusedException.invalid("task_id_commitment", "Task not found"));
    }

    private static RequestRefusedException notAllowed() {
        return RequestRefusedException.invalid("signature", "Signer not allowed");
    }

    private static boolean isCreator(RelayTask task, String signer) {
        return task.order().creator().equals(signer);
    }

    private static boolean isNode(RelayTask task, String signer) {
        return task.work().node().equals(signer);
    }

    /** A task, for its creator and its node. */
    RelayTask task(String commitment, String signer) throws RequestRefusedException {
        RelayTask task = find(commitment);
        if (!isCreator(task, signer) && !isNode(task, signer)) {
            throw notAllowed();
        }
        return task;
    }

    /** The node of a task. */
    RelayNode selectedNode(String commitment, String signer) throws RequestRefusedException {
        RelayTask task = find(commitment);
        if (!isCreator(task, signer)) {
            throw notAllowed();
        }
        return database.store()
                .node(task.work().node())
                .orElseThrow(() -> RequestRefusedException.invalid("task_id_commitment", "Task not started"));
    }

    /** A result file; {@code index} is as it was sent, and only the usual form of a number is one. */
    byte[] result(String commitment, String index, String signer) throws RequestRefusedException {
        RelayTask task = find(commitment);
        if (!isCreator(task, signer)) {
            throw notAllowed();
        }
        if (!task.status().hasResults()) {
            throw RequestRefusedException.invalid("task_id", "Task results not uploaded");
        }
        List<byte[]> files = database.store().files(commitment);
        for (int i = 0; i < files.size(); i++) {
            if (index.equals(Integer.toString(i))) {
                return files.get(i);
            }
        }
        throw RequestRefusedException.invalid("index", "File not found");
    }

    /** The checkpoint that fine-tuning has made; only of a task that was not in a group. */
    byte[] resultCheckpoint(String commitment, String signer) throws RequestRefusedException {
        RelayTask task = find(commitment);
        if (!isCreator(task, signer)) {
            throw notAllowed();
        }
        if (task.status() != TaskStatus.END_SUCCESS) {
            throw RequestRefusedException.invalid("task_id", "Task checkpoint not uploaded");
        }
        return database.store()
                .resultCheckpoint(commitment)
                .orElseThrow(() -> RequestRefusedException.invalid("task_id", "Checkpoint file not found"));
    }

    /** The checkpoint that the creator sent, for both. */
    byte[] inputCheckpoint(String commitment, String signer) throws RequestRefusedException {
        RelayTask task = find(commitment);
        if (!isCreator(task, signer) && !isNode(task, signer)) {
            throw notAllowed();
        }
        if (task.status() == TaskStatus.QUEUED) {
            throw RequestRefusedException.invalid("task_id", "Task not ready");
        }
        return database.store()
                .inputCheckpoint(commitment)
                .orElseThrow(() -> RequestRefusedException.invalid("task_id", "Checkpoint file not found"));
    }
}

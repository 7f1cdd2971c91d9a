// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import io.crynux.devnet.result.TaskKind;
import io.crynux.devnet.watch.TaskEvent;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the Relay knows of one task: facts from the chain and from uploads, from which its status follows. */
final class RelayTask {
    private static final int NODES = 3;

    private final TaskEvent.Pending created;
    private final Set<String> nodes = new HashSet<>();
    private BigInteger vramLimit = BigInteger.ZERO;
    private String args;
    private TaskEvent.Success success;
    private boolean aborted;
    private List<byte[]> files;
    private TaskEvent.Success uploadedFor;
    private long uploadedNanos;

    RelayTask(TaskEvent.Pending created) {
        this.created = created;
    }

    /** Whether that event is about the same task, even if it is in another block. */
    boolean isFor(TaskEvent.Pending event) {
        return created.equals(event);
    }

    /** The task as it is when a reorg has created it again: with its parameters and nothing else. */
    synchronized RelayTask createdAgain() {
        RelayTask task = new RelayTask(created);
        task.args = args;
        return task;
    }

    BigInteger id() {
        return created.taskId();
    }

    int taskType() {
        return created.taskType();
    }

    Optional<TaskKind> kind() {
        return TaskKind.ofTaskType(created.taskType());
    }

    String creator() {
        return created.creator();
    }

    String taskHash() {
        return created.taskHash();
    }

    String dataHash() {
        return created.dataHash();
    }

    /** In GB; zero while it is not known. */
    synchronized BigInteger vramLimit() {
        return vramLimit;
    }

    synchronized void vramLimit(BigInteger limit) {
        vramLimit = limit;
    }

    synchronized void node(String address, boolean chosen) {
        if (chosen) {
            nodes.add(address);
        } else {
            nodes.remove(address);
        }
    }

    /** Whether that address may read the task: its creator, and the nodes that work on it. */
    synchronized boolean readableBy(String address) {
        return creator().equals(address) || nodes.contains(address);
    }

    /** Whether the Relay shows it: uploaded, and three nodes are known. An end in the queue leaves it without nodes for good. */
    synchronized boolean isReady() {
        return status() != RelayTaskStatus.CREATED_ON_CHAIN && nodes.size() >= NODES;
    }

    synchronized Optional<String> args() {
        return Optional.ofNullable(args);
    }

    /** Takes the parameters; of two uploads at the same time one is refused. */
    synchronized void args(String uploaded) throws RelayRefusal {
        if (status() != RelayTaskStatus.CREATED_ON_CHAIN) {
            throw new RelayRefusal("task_id", "Task already uploaded");
        }
        args = uploaded;
    }

    synchronized Optional<TaskEvent.Success> success() {
        return Optional.ofNullable(success);
    }

    /** @param event null when a reorg has taken the success back: the files wait for the same success to come again */
    synchronized void success(TaskEvent.Success event) {
        if (event != null && !event.equals(uploadedFor)) {
            files = null;
        }
        success = event;
    }

    synchronized void aborted(boolean now) {
        aborted = now;
    }

    /** The files of the result, in order; empty before their upload and once they had to make room. */
    synchronized Optional<List<byte[]>> files() {
        return success == null ? Optional.empty() : Optional.ofNullable(files);
    }

    synchronized void files(List<byte[]> uploaded) throws RelayRefusal {
        if (files != null) {
            throw new RelayRefusal("task_id", RelayRefusal.RESULTS_ALREADY_UPLOADED);
        }
        files = List.copyOf(uploaded);
        uploadedFor = success;
        uploadedNanos = System.nanoTime();
    }

    /** How long ago the files were uploaded. */
    synchronized Duration filesAge() {
        return Duration.ofNanos(System.nanoTime() - uploadedNanos);
    }

    /** Forgets the files' content; the task stays "results uploaded", as if the files were lost. */
    synchronized void dropFiles() {
        if (files != null) {
            files = List.of();
        }
    }

    synchronized RelayTaskStatus status() {
        if (success != null && files != null) {
            return RelayTaskStatus.RESULTS_UPLOADED;
        }
        if (aborted) {
            return RelayTaskStatus.ABORTED;
        }
        if (success != null) {
            return RelayTaskStatus.PENDING_RESULTS;
        }
        return args == null ? RelayTaskStatus.CREATED_ON_CHAIN : RelayTaskStatus.PARAMETERS_UPLOADED;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.auth.SamplingProofs;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.crynux.devnet.relaynet.task.AbortReason;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskStatus;
import io.crynux.devnet.relaynet.task.TaskStep;
import io.crynux.devnet.relaynet.time.NetworkTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The creator's validation, of one task or of a group of three. The proof is checked without the network's lock; what it was
 * checked for is looked at again afterwards.
 */
final class Validation {
    private static final int GROUP = 3;

    private final NetworkTime time;
    private final Database database;
    private final SamplingProofs proofs;
    private final Settlement settlement;
    private final EventWriter events;
    private final NodeWork work;
    private final GroupValidation groups;

    Validation(
            NetworkTime time,
            Database database,
            SamplingProofs proofs,
            Settlement settlement,
            EventWriter events,
            NodeWork work,
            GroupValidation groups) {
        this.time = time;
        this.database = database;
        this.proofs = proofs;
        this.settlement = settlement;
        this.events = events;
        this.work = work;
        this.groups = groups;
    }

    /** What a creator sends. */
    record Request(List<String> commitments, String taskId, String proof, String publicKey, String signer) {}

    /** Validates, or refuses with the Relay's text. */
    void validate(Request request) throws RequestRefusedException {
        if (request.commitments().size() != 1 && request.commitments().size() != GROUP) {
            throw RequestRefusedException.invalid("task_id_commitments", "TaskIDCommitments length incorrect");
        }
        boolean grouped = request.commitments().size() == GROUP;
        List<RelayTask> before = time.locked(() -> begin(request));
        RelayTask first =
                before.stream().min(Comparator.comparing(RelayTask::sequence)).orElseThrow();
        proofs.check(
                first.samplingSeed(),
                request.proof(),
                request.publicKey(),
                first.order().creator(),
                grouped);
        time.locked(() -> {
            List<RelayTask> members = find(request);
            requireFinished(members, grouped);
            if (grouped) {
                groups.settle(members);
            } else {
                settle(members.get(0));
            }
            return null;
        });
    }

    /** Checks everything but the proof. A task id that fits is kept even if the proof is refused later. */
    private List<RelayTask> begin(Request request) throws RequestRefusedException {
        List<RelayTask> members = find(request);
        boolean grouped = members.size() == GROUP;
        if (members.stream().map(RelayTask::sequence).distinct().count() < members.size()) {
            throw RequestRefusedException.failure("task group records are incomplete");
        }
        requireFinished(members, grouped);
        for (RelayTask task : members) {
            SamplingProofs.checkTaskId(request.taskId(), task.order().nonce(), task.commitment());
        }
        members.forEach(task -> database.store().put(task.revealed(request.taskId())));
        return members;
    }

    private List<RelayTask> find(Request request) throws RequestRefusedException {
        Store store = database.forRequest();
        List<RelayTask> members = new ArrayList<>();
        for (String commitment : request.commitments()) {
            members.add(store.task(commitment).orElseThrow(() -> RequestRefusedException.failure("record not found")));
        }
        for (RelayTask task : members) {
            if (!task.order().creator().equals(request.signer())) {
                throw RequestRefusedException.invalid("signature", "Signer not allowed");
            }
        }
        return members;
    }

    private static void requireFinished(List<RelayTask> members, boolean grouped) throws RequestRefusedException {
        for (RelayTask task : members) {
            if (grouped && task.abortReason() == AbortReason.CREATOR_VALIDATION_TIMEOUT) {
                throw RequestRefusedException.failure("task group validation expired");
            }
        }
        for (RelayTask task : members) {
            boolean aborted = grouped && task.status() == TaskStatus.END_ABORTED;
            if (!task.status().isFinished() && !aborted) {
                throw RequestRefusedException.failure("illegal task state");
            }
        }
    }

    private void settle(RelayTask task) {
        if (task.status() == TaskStatus.ERROR_REPORTED) {
            settlement.abort(task, AbortReason.ERROR_REPORTED, task.order().creator());
            return;
        }
        RelayTask approved = task.after(TaskStep.APPROVED, time.now());
        database.store().put(approved);
        events.validated(approved);
        work.upload(approved);
    }
}

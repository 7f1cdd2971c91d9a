// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.journal.TaskRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What is under way, found by the request's key and by the task's id. Used on the engine's loop only. */
final class OpenTasks {
    private final Map<String, TaskJob> jobs = new HashMap<>();
    /** Those that somebody waits for; they may be forgotten by their keys, as one that is done and attended by its id. */
    private final Set<TaskJob> waitedFor = new LinkedHashSet<>();

    private final Set<TaskRun> runs = new HashSet<>();
    private final Map<String, TaskRun> byTaskId = new HashMap<>();
    /** Tasks of others that are being adopted. */
    private final Map<String, TaskAdoption> adoptions = new HashMap<>();
    /** Tasks that somebody waits for, until they are final; read by anybody. */
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();

    /** The job of that key, or null. */
    TaskJob job(String key) {
        return jobs.get(key);
    }

    /** Everybody who submits the request of that job from now on joins it. */
    void remember(TaskJob job) {
        jobs.put(job.submission().key(), job);
    }

    void forget(TaskJob job) {
        jobs.remove(job.submission().key(), job);
    }

    /** Somebody waits for the job, or nobody does any more. */
    void waitedFor(TaskJob job, boolean waits) {
        if (waits) {
            waitedFor.add(job);
        } else {
            waitedFor.remove(job);
        }
    }

    void remember(TaskRun run) {
        runs.add(run);
        name(run);
    }

    void forget(TaskRun run) {
        runs.remove(run);
        unname(run, run.record().taskId());
    }

    /** The run's record has changed, and with it perhaps the id of its task. */
    void renamed(TaskRun run, TaskRecord before) {
        if (!Objects.equals(before.taskId(), run.record().taskId()) && runs.contains(run)) {
            unname(run, before.taskId());
            name(run);
        }
    }

    private void name(TaskRun run) {
        String taskId = run.record().taskId();
        if (taskId != null) {
            byTaskId.put(taskId, run);
            if (run.job().isAwaited()) {
                awaited.add(taskId);
            }
        }
    }

    private void unname(TaskRun run, String taskId) {
        if (taskId != null && byTaskId.remove(taskId, run)) {
            awaited.remove(taskId);
        }
    }

    /** The run of the task that was ordered under that key. */
    Optional<TaskRun> runOf(String orderKey) {
        return run(record -> record.key().equals(orderKey));
    }

    /** A run whose record is such a one. */
    Optional<TaskRun> run(Predicate<TaskRecord> wanted) {
        return runs.stream().filter(run -> wanted.test(run.record())).findFirst();
    }

    /** The task that this process runs under that id, or null. */
    TaskRun run(String taskId) {
        return byTaskId.get(taskId);
    }

    /** Somebody waits for it from now on. */
    void onAwaited(TaskRecord record) {
        if (record.taskId() != null && byTaskId.containsKey(record.taskId())) {
            awaited.add(record.taskId());
        }
    }

    /** Whether somebody waits, or has waited, for the outcome of a task that is not final yet; called on any thread. */
    boolean isAwaited(String taskId) {
        return awaited.contains(taskId);
    }

    void remember(String taskId, TaskAdoption adoption) {
        adoptions.put(taskId, adoption);
    }

    void forget(String taskId, TaskAdoption adoption) {
        adoptions.remove(taskId, adoption);
    }

    /** The adoption of that task that is under way, or null. */
    TaskAdoption adoptionOf(String taskId) {
        return adoptions.get(taskId);
    }

    /** Forgets what was taken up, and nobody waits for yet. */
    void discard() {
        List.copyOf(runs).forEach(run -> run.steps().run(run::shutdown));
        jobs.clear();
    }

    /** Ends everything here; what was paid goes on in the network. */
    void shutdown() {
        Set<TaskJob> all = new LinkedHashSet<>(jobs.values());
        all.addAll(waitedFor);
        all.forEach(job -> job.steps().run(job::shutdown));
        List.copyOf(runs).forEach(run -> run.steps().run(run::shutdown));
        List.copyOf(adoptions.values()).forEach(TaskAdoption::shutdown);
    }
}

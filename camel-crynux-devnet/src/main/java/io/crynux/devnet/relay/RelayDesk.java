// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import io.crynux.devnet.result.ResultHash;
import io.crynux.devnet.result.TaskKind;
import io.crynux.devnet.watch.TaskEvent;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** What the Relay does with signed requests, whichever way they came in. */
final class RelayDesk {
    private static final Logger LOG = LoggerFactory.getLogger(RelayDesk.class);

    private final TaskBook tasks;
    private final MissedStarts starts;
    private final ResultShelf shelf;
    private final SignatureCheck signatures;
    private final RelayFaults faults;
    private final ParameterCheck parameters;
    private final List<Consumer<BigInteger>> uploadListeners = new CopyOnWriteArrayList<>();

    RelayDesk(
            TaskBook tasks,
            MissedStarts starts,
            ResultShelf shelf,
            SignatureCheck signatures,
            ParameterCheck parameters,
            RelayFaults faults) {
        this.faults = faults;
        this.starts = starts;
        this.parameters = parameters;
        this.tasks = tasks;
        tasks.onComeback(id -> uploadListeners.forEach(listener -> listener.accept(id)));
        this.shelf = shelf;
        this.signatures = signatures;
    }

    /** When a request was signed, and the signature. */
    record Seal(long timestamp, String signature) {}

    void onParameters(Consumer<BigInteger> listener) {
        uploadListeners.add(listener);
    }

    Optional<String> parameters(BigInteger id) {
        return starts.isMissed(id) ? Optional.empty() : tasks.find(id).flatMap(RelayTask::args);
    }

    List<byte[]> results(BigInteger id) {
        return tasks.find(id).flatMap(RelayTask::files).orElse(List.of());
    }

    /** Takes the parameters of a task from its creator. */
    RelayTask upload(BigInteger id, String args, Seal seal) throws RelayRefusal {
        String signer = signer(seal, Map.of("task_id", id, "task_args", args));
        RelayTask task = tasks.find(id).orElseThrow(RelayDesk::notOnChain);
        if (!task.creator().equals(signer)) {
            throw RelayRefusal.signerNotAllowed();
        }
        if (task.status() != RelayTaskStatus.CREATED_ON_CHAIN) {
            throw new RelayRefusal("task_id", "Task already uploaded");
        }
        Optional<String> refusal = faults.refusal();
        if (refusal.isPresent()) {
            throw ParameterCheck.refusal(refusal.get());
        }
        parameters.check(kind(task), args);
        if (!Numeric.toHexString(Hash.sha3(args.getBytes(StandardCharsets.UTF_8)))
                .equals(task.taskHash())) {
            throw new RelayRefusal("task_hash", "Task hash mismatch");
        }
        if (!tasks.accept(task, args)) {
            throw notOnChain();
        }
        LOG.debug("Task {}: parameters uploaded", id);
        uploadListeners.forEach(listener -> listener.accept(id));
        return task;
    }

    private static RelayRefusal notOnChain() {
        return new RelayRefusal("task_id", "Task not found on the Blockchain");
    }

    /** A task, for its creator and its nodes; nobody sees it before it is uploaded and has its nodes (get_task_by_id.go). */
    RelayTask task(BigInteger id, Seal seal) throws RelayRefusal {
        String signer = signer(seal, Map.of("task_id", id));
        RelayTask task = find(id, "Task not found");
        if (!task.isReady()) {
            throw new RelayRefusal("task_id", "Task not ready");
        }
        if (!task.readableBy(signer)) {
            throw RelayRefusal.signerNotAllowed();
        }
        return task;
    }

    /**
     * One file of a result, for the task's creator.
     *
     * @param imageNumber as it stands in the request: the signature covers the text, not the number
     */
    byte[] result(BigInteger id, String imageNumber, Seal seal) throws RelayRefusal {
        String signer = signer(seal, Map.of("task_id", id, "image_num", imageNumber));
        RelayTask task = find(id, "Task not found");
        if (!task.creator().equals(signer)) {
            throw RelayRefusal.signerNotAllowed();
        }
        Optional<List<byte[]>> uploaded = task.files();
        if (uploaded.isEmpty() || faults.withheld(task.filesAge())) {
            throw new RelayRefusal("task_id", "Task results not uploaded");
        }
        List<byte[]> files = uploaded.get();
        for (int i = 0; i < files.size(); i++) {
            if (imageNumber.equals(Integer.toString(i))) {
                return files.get(i);
            }
        }
        throw new RelayRefusal("image_num", "File not found");
    }

    /** Takes the files of a result from the node that the chain names. */
    RelayTask uploadResults(BigInteger id, List<byte[]> files, Seal seal) throws RelayRefusal {
        String signer = signer(seal, Map.of("task_id", id));
        RelayTask task = find(id, "Task not found");
        TaskEvent.Success success = task.success().orElseThrow(RelayDesk::noResultYet);
        if (!success.resultNode().equals(signer)) {
            throw RelayRefusal.signerNotAllowed();
        }
        if (!hash(task, files).equals(success.result())) {
            throw new RelayRefusal("images", "Wrong result files uploaded");
        }
        shelf.put(task, files);
        LOG.debug("Task {}: {} result files uploaded", id, files.size());
        return task;
    }

    /** Accepts the files of a result unchecked, once the Relay knows that the contract has chosen it. */
    void takeResults(BigInteger id, List<byte[]> files) throws RelayRefusal {
        RelayTask task = find(id, "Task not found");
        if (task.success().isEmpty()) {
            throw noResultYet();
        }
        shelf.put(task, files);
    }

    private static RelayRefusal noResultYet() {
        return new RelayRefusal("task_id", "Task result not found on the Blockchain");
    }

    private static String hash(RelayTask task, List<byte[]> files) throws RelayRefusal {
        try {
            return Numeric.toHexString(ResultHash.of(kind(task), files));
        } catch (IOException e) {
            throw new RelayRefusal("images", "Wrong result files uploaded: " + e.getMessage());
        }
    }

    private static TaskKind kind(RelayTask task) throws RelayRefusal {
        return task.kind().orElseThrow(() -> new RelayRefusal("task_type", "Unknown task type " + task.taskType()));
    }

    private RelayTask find(BigInteger id, String otherwise) throws RelayRefusal {
        return tasks.find(id).orElseThrow(() -> new RelayRefusal("task_id", otherwise));
    }

    private String signer(Seal seal, Map<String, Object> signed) throws RelayRefusal {
        SortedMap<String, Object> sorted = new TreeMap<>(signed);
        return signatures.signer(sorted, seal.timestamp(), seal.signature());
    }
}

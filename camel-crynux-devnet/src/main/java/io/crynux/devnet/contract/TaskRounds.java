// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.math.BigInteger;
import java.util.Arrays;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** What the three nodes of a task hand in: commitments, results, errors, and the word that the result is uploaded. */
final class TaskRounds {
    private final ContractCall call;
    private final TaskSettlement settlement;

    TaskRounds(ContractCall call) {
        this.call = call;
        this.settlement = new TaskSettlement(call);
    }

    /** The task, if the caller is the node of the round; the round is the second argument of all of these functions. */
    private Task ofCaller() {
        Task task = call.tasks.find(call.data.number(0)).orElse(null);
        call.require(task != null, "Task not exist");
        BigInteger round = call.data.number(1);
        call.require(round.compareTo(BigInteger.valueOf(Task.ROUNDS)) < 0, "Round not exist");
        call.require(task.nodes().get(round.intValueExact()).equals(call.caller()), "Not selected node");
        return task;
    }

    private int round() {
        return call.data.number(1).intValueExact();
    }

    void commit() {
        String commitment = call.data.bytes32(2);
        String nonce = call.data.bytes32(3);
        Task task = ofCaller();
        int round = round();
        call.require(!task.rounds().get(round).committed(), "Already submitted");
        call.require(!task.aborted(), "Task is aborted");
        call.require(task.rounds().stream().noneMatch(other -> other.nonce().equals(nonce)), "Nonce already used");

        call.use(GasCosts.commit(task.commitOrder().size()));
        Task committed = task.committed(round, new Task.Round(commitment, nonce, "0x"));
        call.tasks.put(committed);
        if (committed.commitmentsReady()) {
            call.events.commitmentsReady(task.id());
        }
    }

    void disclose() {
        byte[] result = call.data.bytes(2);
        call.require(result.length > 0, "Invalid result");
        Task task = ofCaller();
        int round = round();
        call.require(!task.rounds().get(round).disclosed(), "Already submitted");
        call.require(task.rounds().stream().allMatch(Task.Round::committed), "Commitments not ready");
        call.require(!task.aborted(), "Task is aborted");
        call.require(matches(task.rounds().get(round), result), "Mismatch result and commitment");

        call.scores.add(call.caller(), task.commitOrder().indexOf(round));
        call.scores.add(call.caller(), task.discloseOrder().size());
        call.use(GasCosts.result(result.length));
        call.tasks.put(task.disclosed(round, Numeric.toHexString(result)));
        settlement.check(task.id());
    }

    private static boolean matches(Task.Round round, byte[] result) {
        byte[] nonce = Numeric.hexStringToByteArray(round.nonce());
        byte[] committed = Arrays.copyOf(result, result.length + nonce.length);
        System.arraycopy(nonce, 0, committed, result.length, nonce.length);
        return Numeric.toHexString(Hash.sha3(committed)).equals(round.commitment());
    }

    void reportError() {
        Task task = ofCaller();
        int round = round();
        call.require(!task.rounds().get(round).committed(), "Already submitted");

        call.scores.add(call.caller(), task.commitOrder().size());
        call.scores.add(call.caller(), task.discloseOrder().size());
        Task.Round error = new Task.Round(Task.Round.ERROR, Task.Round.ZERO, "0x");
        Task reported = task.committed(round, error).disclosed(round, "0x");
        call.tasks.put(reported);
        if (reported.commitmentsReady()) {
            call.events.commitmentsReady(task.id());
        }
        settlement.check(task.id());
    }

    void reportUploaded() {
        Task task = ofCaller();
        call.require(task.resultNode().equals(call.caller()), "Not result round");
        call.require(!task.aborted(), "Task is aborted");

        call.useAndFree(GasCosts.UPLOADED);
        settlement.settle(task.id(), round());
        settlement.deleteIfDone(task.id());
        call.events.resultUploaded(task.id());
    }
}

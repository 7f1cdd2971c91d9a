// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.event.EventRow;
import io.crynux.devnet.relaynet.ledger.Deposit;
import io.crynux.devnet.relaynet.ledger.LedgerRow;
import io.crynux.devnet.relaynet.node.NodeStatus;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskOrder;
import io.crynux.devnet.relaynet.time.NetworkTime;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What can be asked of the Relay. Whoever asks has been recognised before. Thread-safe. */
public final class RelayRequests {
    private final NetworkTime time;
    private final Database database;
    private final Creation creation;
    private final Validation validation;
    private final Reading reading;
    private final EventWriter events;
    private final BooleanSupplier nobodyListed;

    RelayRequests(
            NetworkTime time,
            Database database,
            Creation creation,
            Validation validation,
            EventWriter events,
            BooleanSupplier nobodyListed) {
        this.time = time;
        this.database = database;
        this.creation = creation;
        this.validation = validation;
        this.reading = new Reading(database);
        this.events = events;
        this.nobodyListed = nobodyListed;
    }

    /** Refuses who may not create tasks. */
    public void requireListed(String creator) throws RequestRefusedException {
        boolean allowed = !nobodyListed.getAsBoolean()
                && time.locked(() -> !database.listedOnly()
                        || database.forRequest().whitelist().contains(creator));
        if (!allowed) {
            throw RequestRefusedException.invalid("address", "Signer not allowed");
        }
    }

    /** Refuses a commitment that a task has, whoever created it. */
    public void requireNew(String commitment) throws RequestRefusedException {
        time.locked(() -> {
            creation.requireNew(commitment);
            return null;
        });
    }

    /** Creates a task, and takes its fee. */
    public RelayTask create(TaskOrder order, Optional<byte[]> checkpoint) throws RequestRefusedException {
        return time.locked(() -> creation.create(order, checkpoint));
    }

    /** Cancels a task that is still queued. */
    public void cancel(String commitment, long reason, String signer) throws RequestRefusedException {
        time.locked(() -> {
            creation.cancel(commitment, reason, signer);
            return null;
        });
    }

    /**
     * Validates one task, or a group of three.
     *
     * @param taskId as it was sent, as all other texts
     */
    public void validate(List<String> commitments, String taskId, String proof, String publicKey, String signer)
            throws RequestRefusedException {
        validation.validate(new Validation.Request(commitments, taskId, proof, publicKey, signer));
    }

    /** A task, for its creator or its node. */
    public RelayTask task(String commitment, String signer) throws RequestRefusedException {
        return time.locked(() -> reading.task(commitment, signer));
    }

    /** The node of a task that has started. */
    public RelayNode selectedNode(String commitment, String signer) throws RequestRefusedException {
        return time.locked(() -> reading.selectedNode(commitment, signer));
    }

    /**
     * A result file.
     *
     * @param index as it was sent
     */
    public ResultFile result(String commitment, String index, String signer) throws RequestRefusedException {
        return time.locked(() -> {
            byte[] content = reading.result(commitment, index, signer);
            RelayTask task = reading.task(commitment, signer);
            String suffix = task.order().type() == TaskOrder.TEXT ? ".json" : ".png";
            return ResultFile.of(index + suffix, content, task.times().updated());
        });
    }

    /** The checkpoint that fine-tuning has made. */
    public ResultFile resultCheckpoint(String commitment, String signer) throws RequestRefusedException {
        return time.locked(
                () -> ResultFile.of("checkpoint.zip", reading.resultCheckpoint(commitment, signer), time.now()));
    }

    /** The checkpoint that a creator sent with the task. */
    public ResultFile inputCheckpoint(String commitment, String signer) throws RequestRefusedException {
        return time.locked(
                () -> ResultFile.of("checkpoint.zip", reading.inputCheckpoint(commitment, signer), time.now()));
    }

    /** The balance of an account, in wei. Answered from memory: the database may be away. */
    public BigInteger balance(String address) {
        return time.locked(() -> database.store().accounts().balance(address));
    }

    /** Payments, refunds and income of an account that are booked, oldest first. */
    public List<LedgerRow> movements(String address) throws RequestRefusedException {
        return time.locked(() -> List.copyOf(database.forRequest().accounts().movements(address)));
    }

    /** Deposits of an account, oldest first. */
    public List<Deposit> deposits(String address) throws RequestRefusedException {
        return time.locked(() -> database.forRequest().accounts().deposits(address));
    }

    /**
     * Rows of the event log after an id.
     *
     * @param start negative for beyond the end
     * @param commitment empty for all tasks
     * @param limit negative for all
     */
    public List<EventRow> events(long start, String commitment, long limit) throws RequestRefusedException {
        return time.locked(() -> database.forRequest().events().after(start, commitment, limit, time.now()));
    }

    /** Id of the newest row; 0 without any. */
    public long newestEvent(String commitment) throws RequestRefusedException {
        return time.locked(() -> database.forRequest().events().newest(commitment, time.now()));
    }

    /** Number of tasks in the queue. */
    public int queued() throws RequestRefusedException {
        return time.locked(() -> database.forRequest().queue().size());
    }

    /** Number of tasks that have started and not ended. */
    public long running() throws RequestRefusedException {
        return time.locked(() -> database.forRequest().open().size()
                - (long) database.forRequest().queue().size());
    }

    /** Number of all tasks. */
    public int total() throws RequestRefusedException {
        return time.locked(() -> database.forRequest().tasks().size());
    }

    /** The nodes in the network. */
    public List<RelayNode> nodes() throws RequestRefusedException {
        return time.locked(() -> database.forRequest().nodes().stream()
                .filter(node -> node.status() != NodeStatus.LEFT)
                .toList());
    }

    /** A node, also one that has left; empty when it never was in the network. */
    public Optional<RelayNode> node(String address) throws RequestRefusedException {
        return time.locked(() -> database.forRequest().node(address));
    }

    /** Lets a node leave: at once, or when its task has ended. Without effect on one that leaves or has left. */
    public void quit(String address) throws RequestRefusedException {
        time.locked(() -> {
            Store store = database.forRequest();
            RelayNode node =
                    store.node(address).orElseThrow(() -> RequestRefusedException.invalid("address", "Node not found"));
            RelayNode after = node.quitting();
            store.put(after);
            if (node.status() == NodeStatus.IDLE) {
                events.quit(after);
            }
            return null;
        });
    }
}

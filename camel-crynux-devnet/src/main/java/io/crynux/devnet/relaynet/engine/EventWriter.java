// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.relaynet.event.EventLog;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskStatus;
import io.crynux.devnet.relaynet.time.NetworkTime;
import java.math.BigInteger;
import java.util.function.Supplier;

/** Writes the rows of the event log, with the members and in the order of the real Relay (relay.md, section 4.7). */
final class EventWriter {
    /** Name of the network that the devnet's nodes have joined by. */
    static final String NETWORK = "devnet";

    private static final String NO_TASK = "";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final NetworkTime time;
    private final Database database;
    private final Supplier<EventLog.Writing> how;

    EventWriter(NetworkTime time, Database database, Supplier<EventLog.Writing> how) {
        this.time = time;
        this.database = database;
        this.how = how;
    }

    private void write(String type, String node, String commitment, ObjectNode args) {
        database.store().events().write(type, node, commitment, args.toString(), time.now(), how.get());
    }

    private static ObjectNode args(RelayTask task) {
        return JSON.objectNode()
                .put("task_id_commitment", task.commitment())
                .put("selected_node", task.work().node());
    }

    private void ofTask(String type, RelayTask task, ObjectNode args) {
        write(type, task.work().node(), task.commitment(), args);
    }

    void started(RelayTask task) {
        ofTask("TaskStarted", task, args(task));
    }

    void scoreReady(RelayTask task) {
        ofTask("TaskScoreReady", task, args(task).put("score", task.work().score()));
    }

    void errorReported(RelayTask task) {
        ofTask(
                "TaskErrorReported",
                task,
                args(task).put("task_error", task.work().error()));
    }

    /** The row of both ways to be validated. */
    void validated(RelayTask task) {
        ofTask("TaskValidated", task, args(task));
    }

    /** The row of an end that is no abort. */
    void ended(RelayTask task) {
        String type =
                switch (task.status()) {
                    case END_SUCCESS -> "TaskEndSuccess";
                    case END_GROUP_SUCCESS -> "TaskEndGroupSuccess";
                    case END_GROUP_REFUND -> "TaskEndGroupRefund";
                    case END_INVALIDATED -> "TaskEndInvalidated";
                    default -> throw new IllegalArgumentException("no end with an event of its own: " + task);
                };
        ofTask(type, task, args(task));
    }

    void aborted(RelayTask task, String issuer, TaskStatus last) {
        ObjectNode args = JSON.objectNode()
                .put("task_id_commitment", task.commitment())
                .put("abort_issuer", issuer)
                .put("last_status", last.code())
                .put("abort_reason", task.abortReason().code());
        write("TaskEndAborted", issuer, task.commitment(), args);
    }

    void joined(RelayNode node) {
        write("NodeJoin", node.address(), NO_TASK, nodeArgs(node).put("network", NETWORK));
    }

    void quit(RelayNode node) {
        write(
                "NodeQuit",
                node.address(),
                NO_TASK,
                nodeArgs(node).put("blockchain_transaction_id", 0).put("network", NETWORK));
    }

    void slashed(RelayNode node, BigInteger stake) {
        ObjectNode args = nodeArgs(node)
                .put("task_id_commitment", "0x")
                .put("amount", stake.toString())
                .put("network", NETWORK);
        write("NodeSlashed", node.address(), "0x", args);
    }

    void download(RelayNode node, String model, int taskType) {
        write(
                "DownloadModel",
                node.address(),
                NO_TASK,
                nodeArgs(node).put("model_id", model).put("task_type", taskType));
    }

    private static ObjectNode nodeArgs(RelayNode node) {
        return JSON.objectNode().put("node_address", node.address());
    }
}

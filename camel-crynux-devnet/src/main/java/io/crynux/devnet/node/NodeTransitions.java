// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import static io.crynux.devnet.node.NodeEvent.ABORTED;
import static io.crynux.devnet.node.NodeEvent.ABORT_REVERTED;
import static io.crynux.devnet.node.NodeEvent.CHOSEN;
import static io.crynux.devnet.node.NodeEvent.COMMITMENTS_READY;
import static io.crynux.devnet.node.NodeEvent.COMMITMENTS_REVERTED;
import static io.crynux.devnet.node.NodeEvent.COMMITMENT_LOST;
import static io.crynux.devnet.node.NodeEvent.COMPUTED;
import static io.crynux.devnet.node.NodeEvent.DISCLOSURE_LOST;
import static io.crynux.devnet.node.NodeEvent.ERROR_LOST;
import static io.crynux.devnet.node.NodeEvent.ERROR_STANDS;
import static io.crynux.devnet.node.NodeEvent.HOPELESS;
import static io.crynux.devnet.node.NodeEvent.IMPOSSIBLE;
import static io.crynux.devnet.node.NodeEvent.NODE_RELEASED;
import static io.crynux.devnet.node.NodeEvent.PARAMETERS_FOUND;
import static io.crynux.devnet.node.NodeEvent.RELEASE_REVERTED;
import static io.crynux.devnet.node.NodeEvent.REPORT_LOST;
import static io.crynux.devnet.node.NodeEvent.SUCCESS_REVERTED;
import static io.crynux.devnet.node.NodeEvent.TURN;
import static io.crynux.devnet.node.NodeState.AWAITING_PARAMETERS;
import static io.crynux.devnet.node.NodeState.COMMITTED;
import static io.crynux.devnet.node.NodeState.COMMITTING;
import static io.crynux.devnet.node.NodeState.COMPUTING;
import static io.crynux.devnet.node.NodeState.DISCLOSED;
import static io.crynux.devnet.node.NodeState.DISCLOSING;
import static io.crynux.devnet.node.NodeState.ERROR_REPORTED;
import static io.crynux.devnet.node.NodeState.GIVEN_UP;
import static io.crynux.devnet.node.NodeState.RELEASED;
import static io.crynux.devnet.node.NodeState.REPORTING_ERROR;
import static io.crynux.devnet.node.NodeState.REPORTING_UPLOAD;
import static io.crynux.devnet.node.NodeState.UPLOADING;
import static io.crynux.devnet.node.NodeState.UPLOAD_REPORTED;

import io.crynux.devnet.state.TransitionTable;
import io.crynux.devnet.state.TransitionTable.Group;
import java.util.EnumSet;

/** Everything that a node can do for a task, and when. */
final class NodeTransitions {
    private static final Group<NodeState> WITHOUT_COMMITMENT = new Group<>(
            "awaiting parameters, computing or committing", EnumSet.of(AWAITING_PARAMETERS, COMPUTING, COMMITTING));

    private static final Group<NodeState> CHOSEN_NODE =
            new Group<>("uploading or later", EnumSet.of(UPLOADING, REPORTING_UPLOAD, UPLOAD_REPORTED));

    private static final Group<NodeState> WITH_DISCLOSURE =
            new Group<>("disclosed or later", EnumSet.range(DISCLOSED, UPLOAD_REPORTED));

    private static final Group<NodeState> WITH_COMMITMENT =
            new Group<>("committed or later", EnumSet.range(COMMITTED, UPLOAD_REPORTED));

    private static final Group<NodeState> WITH_ERROR =
            new Group<>("reporting error or error reported", EnumSet.of(REPORTING_ERROR, ERROR_REPORTED));

    private static final Group<NodeState> WITH_TRANSACTIONS =
            new Group<>("any state from committing to error reported", EnumSet.range(COMMITTING, ERROR_REPORTED));

    private static final Group<NodeState> NOT_RELEASED =
            new Group<>("any state but released", EnumSet.complementOf(EnumSet.of(RELEASED)));

    static final TransitionTable<NodeState, NodeEvent, NodeJob> TABLE =
            TransitionTable.<NodeState, NodeEvent, NodeJob>startingAt(AWAITING_PARAMETERS)
                    // To the result.
                    .row(AWAITING_PARAMETERS, PARAMETERS_FOUND, COMPUTING, NodeJob::compute)
                    .row(COMPUTING, COMPUTED, COMMITTING)
                    .row(COMMITTING, TURN, COMMITTED, NodeJob::commit)
                    .row(COMMITTED, COMMITMENTS_READY, DISCLOSING)
                    .row(DISCLOSING, TURN, DISCLOSED, NodeJob::disclose)
                    .row(DISCLOSED, CHOSEN, UPLOADING)
                    .row(UPLOADING, TURN, REPORTING_UPLOAD, NodeJob::upload)
                    .row(REPORTING_UPLOAD, TURN, UPLOAD_REPORTED, NodeJob::reportUpload)
                    // To an error. After an abort the contract accepts nothing but an error report, and releases the
                    // node.
                    .row(AWAITING_PARAMETERS, IMPOSSIBLE, REPORTING_ERROR)
                    .row(COMPUTING, IMPOSSIBLE, REPORTING_ERROR)
                    .row(WITHOUT_COMMITMENT, ABORTED, REPORTING_ERROR)
                    .row(REPORTING_ERROR, TURN, ERROR_REPORTED, NodeJob::reportError)
                    .row(COMMITTING, ERROR_STANDS, ERROR_REPORTED)
                    .row(DISCLOSING, ABORTED, COMMITTED)
                    .row(CHOSEN_NODE, ABORTED, DISCLOSED)
                    // Back, when a reorganisation reverts what the chain had.
                    .row(DISCLOSING, COMMITMENTS_REVERTED, COMMITTED)
                    .row(CHOSEN_NODE, SUCCESS_REVERTED, DISCLOSED)
                    .row(WITH_ERROR, ABORT_REVERTED, AWAITING_PARAMETERS, NodeJob::begin)
                    // Back, when a transaction is lost.
                    .row(WITH_COMMITMENT, COMMITMENT_LOST, COMMITTING)
                    .row(WITH_DISCLOSURE, DISCLOSURE_LOST, COMMITTED)
                    .row(UPLOAD_REPORTED, REPORT_LOST, REPORTING_UPLOAD)
                    .row(ERROR_REPORTED, ERROR_LOST, AWAITING_PARAMETERS, NodeJob::begin)
                    .row(ERROR_REPORTED, COMMITMENT_LOST, AWAITING_PARAMETERS, NodeJob::begin)
                    // Forward to a disclosure that may already be on the chain, after the node has started again.
                    .row(COMMITTED, CHOSEN, DISCLOSING)
                    // The end.
                    .row(NOT_RELEASED, NODE_RELEASED, RELEASED, NodeJob::rest)
                    .row(RELEASED, RELEASE_REVERTED, AWAITING_PARAMETERS, NodeJob::begin)
                    .row(WITH_TRANSACTIONS, HOPELESS, GIVEN_UP)
                    .build();

    private NodeTransitions() {}
}

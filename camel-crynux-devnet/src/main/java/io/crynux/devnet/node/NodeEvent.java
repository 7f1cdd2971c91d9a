// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

/** What can happen to a node while it works on one task. */
enum NodeEvent {
    PARAMETERS_FOUND("The Relay has the task's parameters."),
    COMPUTED("The result is computed."),
    IMPOSSIBLE("The task cannot be computed, or a fault makes the node fail."),
    TURN("The node may act; a fault that makes it silent or late gives it no turn."),
    COMMITMENTS_READY("The chain has the commitments of all nodes."),
    COMMITMENTS_REVERTED("A reorganisation has reverted that."),
    CHOSEN("The task has succeeded, and the contract wants this node's files."),
    SUCCESS_REVERTED("A reorganisation has reverted that."),
    ABORTED("The task is aborted."),
    ABORT_REVERTED("A reorganisation has reverted that."),
    COMMITMENT_LOST("The commitment is neither on the chain nor waiting for it, or the contract reverted it."),
    DISCLOSURE_LOST("The same of the disclosure."),
    REPORT_LOST("The same of the report that the files are uploaded."),
    ERROR_LOST("The same of the error report."),
    ERROR_STANDS("An error that the node has reported before is still on the chain or waiting for it."),
    HOPELESS("Transactions or uploads have failed too often."),
    NODE_RELEASED("The contract has released the node, or a reorganisation has reverted the start of its work."),
    RELEASE_REVERTED("A reorganisation has reverted the release.");

    private final String meaning;

    NodeEvent(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }
}

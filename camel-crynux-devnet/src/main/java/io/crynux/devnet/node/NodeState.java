// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

/** What a node is doing for one task. */
enum NodeState {
    AWAITING_PARAMETERS("The contract has chosen the node; the Relay does not have the task's parameters yet."),
    COMPUTING("It computes the result."),
    COMMITTING("It has the result and owes the contract a commitment to it."),
    COMMITTED("Its commitment is sent; it waits for those of the other nodes."),
    DISCLOSING("All commitments are on the chain; it owes the contract the result."),
    DISCLOSED("Its result is sent; it waits for the contract's verdict."),
    UPLOADING("The contract has chosen its result; it owes the Relay the files."),
    REPORTING_UPLOAD("The Relay has the files; it owes the contract the report."),
    UPLOAD_REPORTED("Its report is sent; it waits to be released."),
    REPORTING_ERROR("It cannot compute the task, or the task is aborted; it owes the contract an error report."),
    ERROR_REPORTED("Its error report is sent; it waits to be released."),
    RELEASED("The node is free; a reorganisation can still revert that."),
    GIVEN_UP("Its transactions or uploads failed too often; it does nothing more for this task.");

    private final String meaning;

    NodeState(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

/** Where a task is on the chain and with the Relay, whoever waits for it. {@link ChainTransitions} has the ways between them. */
enum ChainStage {
    RECOVERED("an earlier process left it, and what has happened since is being read; nothing is sent"),
    UNPAID("its payment is being made; nothing is known to have left"),
    SENT("its payment has left and is in no block"),
    REFUSED("the node has refused its payment, which is watched"),
    CREATED("its payment is in a block; its parameters are being uploaded"),
    UPLOADED("the Relay has its parameters"),
    STUCK("the Relay refuses its parameters for good"),
    SUCCEEDED("the nodes have agreed on a result"),
    ENDING("a block that is not final says that it has failed, or that its payment cannot be mined"),
    SETTLING("its end is final; its cost is being determined"),
    OVER("nothing can change any more, or the client is closed");

    private final String meaning;

    ChainStage(String meaning) {
        this.meaning = meaning;
    }

    /** What it is, for docs/chain-stages.md. */
    String meaning() {
        return meaning;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

/** What changes the {@link ChainStage} of a task. */
enum ChainStep {
    CATCH_UP("what happened while no process ran is known"),
    SEND("the node has its payment, or may have it"),
    REFUSE("the node has proven that it does not take its payment"),
    CREATE("a block has its payment"),
    UPLOAD("the Relay has answered to the upload"),
    SUCCEED("a block reports its success"),
    FAIL("a block reports that it was aborted, or that its payment was reverted or can no longer be mined"),
    REVERT("a reorganisation has reverted the block that said so"),
    RETRY("somebody waits again"),
    FINALISE("the block of its end is final"),
    SETTLE("its cost is known, or it has none"),
    CLOSE("the client stops");

    private final String meaning;

    ChainStep(String meaning) {
        this.meaning = meaning;
    }

    /** What it is, for docs/chain-stages.md. */
    String meaning() {
        return meaning;
    }
}

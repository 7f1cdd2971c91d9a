// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import io.crynux.devnet.fault.Fault;

/**
 * How a node does its part in one task.
 *
 * @param fault what makes it do so; null for an honest node
 */
record NodeRole(Kind kind, Fault fault) {
    enum Kind {
        HONEST,
        /** Commits to and discloses a result that is not that of the task, nor that of another cheating node. */
        CHEATING,
        /** Reports an error as soon as it has the parameters. */
        FAILING,
        /** Does nothing, as long as the fault is not over. */
        SILENT
    }

    static final NodeRole HONEST = new NodeRole(Kind.HONEST, null);

    /** What cheating nodes put over the result, by round: each is far from the result and from the others'. */
    private static final byte[] MASKS = {(byte) 0xff, 0x0f, (byte) 0xf0};

    boolean failing() {
        return kind == Kind.FAILING;
    }

    boolean silent() {
        return kind == Kind.SILENT && !fault.isOver();
    }

    /** What the node says the result is. */
    byte[] told(byte[] result, int round) {
        byte[] told = result.clone();
        if (kind == Kind.CHEATING) {
            for (int i = 0; i < told.length; i++) {
                told[i] ^= MASKS[round];
            }
        }
        return told;
    }
}

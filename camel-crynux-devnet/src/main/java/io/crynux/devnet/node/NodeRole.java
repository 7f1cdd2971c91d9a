// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import java.util.function.BooleanSupplier;

/**
 * How a node does its part in one task.
 *
 * @param over whether what makes it do so is over
 */
record NodeRole(Kind kind, BooleanSupplier over) {
    enum Kind {
        HONEST,
        /** Commits to and discloses a result that is not that of the task, nor that of another cheating node. */
        CHEATING,
        /** Reports an error as soon as it has the parameters. */
        FAILING,
        /** Does nothing until it is over. */
        SILENT,
        /** Does nothing until it is over, and then reports an error; it needs no parameters. */
        OCCUPIED
    }

    static final NodeRole HONEST = new NodeRole(Kind.HONEST, () -> true);

    /** What cheating nodes put over the result, by round: each is far from the result and from the others'. */
    private static final byte[] MASKS = {(byte) 0xff, 0x0f, (byte) 0xf0};

    boolean silent() {
        return (kind == Kind.SILENT || kind == Kind.OCCUPIED) && !over.getAsBoolean();
    }

    /** The result that the node commits to and discloses. */
    byte[] disclosed(byte[] result, int round) {
        byte[] disclosed = result.clone();
        if (kind == Kind.CHEATING) {
            for (int i = 0; i < disclosed.length; i++) {
                disclosed[i] ^= MASKS[round];
            }
        }
        return disclosed;
    }
}

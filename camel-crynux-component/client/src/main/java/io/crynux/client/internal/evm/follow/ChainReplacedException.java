// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import java.io.IOException;

/** More blocks were replaced than any reorganisation takes, so that it is another chain now. */
final class ChainReplacedException extends IOException {
    private static final long serialVersionUID = 1L;

    ChainReplacedException() {
        super("It is a different chain from the one that was read, or was reset: more than " + SeenBlocks.MOST
                + " blocks differ");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.io.IOException;

/** More blocks were replaced than any reorganisation takes, so that it is another chain now. */
final class ChainReplacedException extends IOException {
    private static final long serialVersionUID = 1L;

    ChainReplacedException() {
        super("More than " + SeenBlocks.MOST + " blocks of the chain were replaced");
    }
}

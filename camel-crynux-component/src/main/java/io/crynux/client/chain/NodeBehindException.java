// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.io.IOException;

/** The node answers, and does not know yet, or no longer, what was read of the chain before: several can share a URL. */
final class NodeBehindException extends IOException {
    private static final long serialVersionUID = 1L;

    NodeBehindException(String message) {
        super(message);
    }
}

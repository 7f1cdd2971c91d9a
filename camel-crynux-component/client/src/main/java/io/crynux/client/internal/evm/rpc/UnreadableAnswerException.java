// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import java.io.IOException;

/** A node's result is not what the call has. As good as no answer: another node, or the same one later, may tell. */
public final class UnreadableAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param why what reading failed with; only its place is kept, since its message quotes the answer */
    public UnreadableAnswerException(String method, Exception why) {
        super("The node's answer to " + method + " makes no sense");
        setStackTrace(why.getStackTrace());
    }
}

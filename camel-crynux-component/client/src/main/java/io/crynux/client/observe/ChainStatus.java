// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.observe;

import java.math.BigInteger;
import java.time.Instant;

/**
 * How well the chain is read; a snapshot.
 *
 * @param head number of the newest block that was read; null before the first
 * @param headSince since when that block has been the newest, as nodes answered without a break; null while they do not answer
 * @param answeredAt when the chain was last read up to the newest block; null before the first time
 * @param failures how often in a row reading it has failed; 0 while it works
 * @param otherAhead whether another one of the endpoints has blocks that were not read yet, although the one that is used
 *     tells of none
 * @param webSocket whether new heads are told by a WebSocket
 * @param lastError why reading failed the last time, without paths and queries of URLs; null while it works
 */
public record ChainStatus(
        BigInteger head,
        Instant headSince,
        Instant answeredAt,
        int failures,
        boolean otherAhead,
        WebSocketState webSocket,
        String lastError) {

    /** Whether there is a subscription for new heads. */
    public enum WebSocketState {
        /** No WebSocket URL is configured. */
        NONE,
        /** A node has taken the subscription, and the connection is alive. */
        UP,
        /** There is none now; the chain is read at the poll interval. */
        DOWN
    }

    public static final ChainStatus NOT_FOLLOWED =
            new ChainStatus(null, null, null, 0, false, WebSocketState.NONE, null);
}

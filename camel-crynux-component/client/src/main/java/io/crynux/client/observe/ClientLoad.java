// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.observe;

import java.math.BigInteger;
import java.time.Instant;

/**
 * What a client has under way; a snapshot.
 *
 * @param inFlight tasks that are paid or being paid, and that the network is not done with
 * @param unstarted those of them that no node has started
 * @param waiting tasks that wait, unsigned, until there is room
 * @param pendingPayments payments of the wallet that are in no block
 * @param pendingSince since when the first of these is on its way, as far as this process knows; null when there is none
 * @param missingNonce a nonce of the wallet that the chain expects and none of these has, so that they wait for it; null when
 *     none is missing
 */
public record ClientLoad(
        int inFlight, int unstarted, int waiting, int pendingPayments, Instant pendingSince, BigInteger missingNonce) {}

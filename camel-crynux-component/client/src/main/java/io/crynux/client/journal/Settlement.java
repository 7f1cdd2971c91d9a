// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.math.BigInteger;
import java.time.Instant;

/**
 * The end of a record that nothing in the network can change any more.
 *
 * @param at time when this was known, by the client's clock, in whole milliseconds
 * @param spentWei final cost in wei, fees and gas; null if it was not determined
 * @param refundedWei proven refund of the fee in wei; null if it cannot be determined
 */
public record Settlement(Instant at, BigInteger spentWei, BigInteger refundedWei) {}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.internal.evm.Payment;

/**
 * A payment that has left and may be known to the network.
 *
 * @param objection what the node said against it, or why it did not answer; null where it took it
 */
public record SentPayment(Payment payment, String objection) {}

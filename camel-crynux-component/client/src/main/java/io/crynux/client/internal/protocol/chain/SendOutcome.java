// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;

/**
 * What is known of a payment that has left.
 *
 * @param doubtful whether the network may not have it: nothing proves that, and it is sent again soon
 * @param refusal what proves that the network does not have it, as its submitter is told; null where it may have it. A proof
 *     by a node: the payment stays watched until its nonce is used
 */
public record SendOutcome(boolean doubtful, CrynuxException refusal) {}

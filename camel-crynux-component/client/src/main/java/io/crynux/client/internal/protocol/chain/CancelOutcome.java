// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.task.BlockRef;

/**
 * What became of the wish to cancel a task.
 *
 * @param transactionHash the cancelTask
 * @param block in which it is; null when it was only sent
 */
public record CancelOutcome(String transactionHash, BlockRef block) {}

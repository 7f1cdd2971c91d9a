// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.internal.evm.Payment;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;

/**
 * What became of a payment that is in a block.
 *
 * @param payment the variant that is in the block
 * @param block where it is
 * @param taskId the task that it made; null when it was reverted, or was no createTask
 * @param succeeded whether it was not reverted
 * @param revertReason why it was reverted: the contract's words or that the gas ran out; null where neither is known
 */
public record PaymentFate(Payment payment, BlockRef block, BigInteger taskId, boolean succeeded, String revertReason) {}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol;

import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.Slot;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;

/**
 * What is about to leave the process for an attempt; see {@link AttemptContext#commit}.
 *
 * @param data the protocol's part of the record from then on
 * @param state the task's state from then on
 * @param slot the slot that it uses; null where the network has no slots
 * @param mostWei what the attempt can take out of the account at most, with all that has left before
 */
public record Change(ProtocolData data, TaskState state, Slot slot, BigInteger mostWei) {}

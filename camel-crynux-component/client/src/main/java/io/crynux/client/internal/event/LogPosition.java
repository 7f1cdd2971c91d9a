// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.event;

import io.crynux.client.event.EventPosition;
import io.crynux.client.event.TaskEvent;
import java.math.BigInteger;

/**
 * A position in the contract's logs.
 *
 * @param block the position covers all earlier blocks
 * @param logIndex and this block's logs up to this index; null if it covers none of them
 */
record LogPosition(BigInteger block, BigInteger logIndex) {

    static LogPosition before(BigInteger block) {
        return new LogPosition(block, null);
    }

    static LogPosition of(EventPosition position) {
        return new LogPosition(position.block(), position.logIndex());
    }

    static LogPosition after(TaskEvent event) {
        return new LogPosition(event.block().number(), event.logIndex());
    }

    boolean covers(BigInteger otherBlock, BigInteger otherLogIndex) {
        int order = otherBlock.compareTo(block);
        return order < 0 || (order == 0 && logIndex != null && otherLogIndex.compareTo(logIndex) <= 0);
    }

    boolean covers(TaskEvent event) {
        return covers(event.block().number(), event.logIndex());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.event;

import io.crynux.client.event.EventPosition;
import io.crynux.client.event.TaskEvent;
import java.math.BigInteger;

/**
 * How far something has come.
 *
 * @param block everything in earlier blocks is behind it
 * @param logIndex and in that block everything up to that log; null where nothing of it is
 */
record Place(BigInteger block, BigInteger logIndex) {

    static Place before(BigInteger block) {
        return new Place(block, null);
    }

    static Place of(EventPosition position) {
        return new Place(position.block(), position.logIndex());
    }

    static Place after(TaskEvent event) {
        return new Place(event.block().number(), event.logIndex());
    }

    boolean covers(BigInteger otherBlock, BigInteger otherLogIndex) {
        int order = otherBlock.compareTo(block);
        return order < 0 || (order == 0 && logIndex != null && otherLogIndex.compareTo(logIndex) <= 0);
    }

    boolean covers(TaskEvent event) {
        return covers(event.block().number(), event.logIndex());
    }
}

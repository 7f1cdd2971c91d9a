// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The values of the world at the newest block and at the {@value #KEPT_BLOCKS} blocks before it. Every value is kept with
 * the number of the block that set it, so that a past block can be asked, and gone back to.
 */
final class StateHistory {
    /** Past this depth a block's state is forgotten, so that a long run does not keep every task it ever had. */
    static final int KEPT_BLOCKS = 256;

    private record Sealed(long block, Set<StateKey<?>> keys) {}

    private final Map<StateKey<?>, TreeMap<Long, Object>> versions = new HashMap<>();
    private final Deque<Sealed> sealed = new ArrayDeque<>();
    private long newest = -1;
    private long oldest;

    State at(long block) {
        return new State(this, block);
    }

    /** Whether the state of a block is still known. */
    boolean knows(long block) {
        return block >= oldest && block <= newest;
    }

    Object get(StateKey<?> key, long block) {
        TreeMap<Long, Object> values = versions.get(key);
        Map.Entry<Long, Object> entry = values == null ? null : values.floorEntry(block);
        return entry == null ? null : entry.getValue();
    }

    void seal(long block, Map<StateKey<?>, Object> changes) {
        changes.forEach((key, value) ->
                versions.computeIfAbsent(key, k -> new TreeMap<>()).put(block, value));
        sealed.addLast(new Sealed(block, Set.copyOf(changes.keySet())));
        newest = block;
        oldest = Math.max(oldest, newest - KEPT_BLOCKS);
        forgetBefore(oldest);
    }

    /** Goes back to a block whose state is known: what later blocks have set is undone. */
    void truncate(long block) {
        while (!sealed.isEmpty() && sealed.peekLast().block() > block) {
            Sealed undone = sealed.removeLast();
            for (StateKey<?> key : undone.keys()) {
                TreeMap<Long, Object> values = versions.get(key);
                values.remove(undone.block());
                if (values.isEmpty()) {
                    versions.remove(key);
                }
            }
        }
        newest = block;
    }

    private void forgetBefore(long oldestKept) {
        while (!sealed.isEmpty() && sealed.peekFirst().block() <= oldestKept) {
            for (StateKey<?> key : sealed.removeFirst().keys()) {
                TreeMap<Long, Object> values = versions.get(key);
                if (values == null) {
                    continue;
                }
                Long oldestNeeded = values.floorKey(oldestKept);
                if (oldestNeeded != null) {
                    values.headMap(oldestNeeded).clear();
                    if (values.size() == 1 && values.get(oldestNeeded) == null) {
                        versions.remove(key);
                    }
                }
            }
        }
    }
}

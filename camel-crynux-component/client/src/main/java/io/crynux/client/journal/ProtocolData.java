// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a protocol keeps of a task, or of a transaction of its own, beside what every network has: named texts, which only the
 * protocol can read. A journal stores them as they are. Immutable.
 *
 * @param members the texts by their names; no text is null
 */
public record ProtocolData(@JsonValue Map<String, String> members) {
    /** Nothing. */
    public static final ProtocolData EMPTY = new ProtocolData(Map.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProtocolData {
        TreeMap<String, String> sorted = new TreeMap<>(members);
        sorted.values().forEach(Objects::requireNonNull);
        members = Collections.unmodifiableSortedMap(sorted);
    }

    /** The text of that name, or null. */
    public String get(String name) {
        return members.get(name);
    }

    /**
     * The same, with that text.
     *
     * @param text null to remove it
     */
    public ProtocolData with(String name, String text) {
        if (Objects.equals(text, members.get(name))) {
            return this;
        }
        Map<String, String> changed = new TreeMap<>(members);
        if (text == null) {
            changed.remove(name);
        } else {
            changed.put(name, text);
        }
        return new ProtocolData(changed);
    }

    /** What differs from earlier data: the new texts by their names, with null for one that was removed. */
    Map<String, String> changesSince(ProtocolData before) {
        Map<String, String> changes = new TreeMap<>();
        before.members.keySet().stream()
                .filter(name -> !members.containsKey(name))
                .forEach(name -> changes.put(name, null));
        members.forEach((name, text) -> {
            if (!text.equals(before.members.get(name))) {
                changes.put(name, text);
            }
        });
        return changes;
    }

    /** Applies {@link #changesSince changes} to this data. */
    ProtocolData after(Map<String, String> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        Map<String, String> changed = new TreeMap<>(members);
        changes.forEach((name, text) -> {
            if (text == null) {
                changed.remove(name);
            } else {
                changed.put(name, text);
            }
        });
        return new ProtocolData(changed);
    }

    /** The names only: the texts may be secret. */
    @Override
    public String toString() {
        return "ProtocolData" + members.keySet();
    }
}

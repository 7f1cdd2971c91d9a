// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.fault.Fault;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Faults that can begin by their names over HTTP. */
final class KnownFaults {
    /** What limits any fault. */
    private static final List<String> LIMITS = List.of("fault", "times", "during");

    /**
     * A fault that can begin.
     *
     * @param members its parameters, besides name and limits
     */
    private record Known(List<String> members, Function<ControlParameters, Fault> begin) {}

    private final SortedMap<String, Known> faults = new TreeMap<>();

    /**
     * Adds a fault.
     *
     * @param members its parameters, besides name and limits
     */
    void add(String name, Function<ControlParameters, Fault> begin, List<String> members) {
        faults.put(name, new Known(members, begin));
    }

    Set<String> names() {
        return faults.keySet();
    }

    /** Begins the fault that the parameters name, with its limits. */
    Fault begin(ControlParameters with) {
        String name = with.text("fault");
        Known known = faults.get(name);
        if (known == null) {
            throw new IllegalArgumentException(
                    "unknown fault '" + name + "'; known faults: " + String.join(", ", names()));
        }
        // Read before the fault begins: a wrong limit must not leave it on.
        var times = with.optionalNumber("times");
        var during = with.optionalDuration("during");
        if (times.orElse(0) < 0) {
            throw new IllegalArgumentException("'times' must not be negative");
        }
        with.allowOnly(Stream.concat(LIMITS.stream(), known.members().stream()).toArray(String[]::new));
        Fault fault = known.begin().apply(with);
        times.ifPresent(fault::times);
        during.ifPresent(fault::during);
        return fault;
    }
}

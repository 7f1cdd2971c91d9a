// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.signing;

import java.math.BigInteger;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fields that a request's signature covers, as the Relay of today derives them from the request (relay protocol, section 4).
 * Money and the index of a result are texts, sizes are numbers, and an execution time-out of 0 is left out. Other differences
 * would make the signature that of a stranger.
 */
public final class SignedFields {
    private final SortedMap<String, Object> fields = new TreeMap<>();

    public SignedFields text(String name, String value) {
        fields.put(name, value);
        return this;
    }

    public SignedFields number(String name, long value) {
        fields.put(name, BigInteger.valueOf(value));
        return this;
    }

    public SignedFields texts(String name, List<String> values) {
        fields.put(name, List.copyOf(values));
        return this;
    }

    /** Of the calls that name one task only: reading, the checkpoint. */
    public static SignedFields ofTask(String commitment) {
        return new SignedFields().text("task_id_commitment", commitment);
    }

    SortedMap<String, Object> asMap() {
        return fields;
    }

    /** Without the values, which may be secrets. */
    @Override
    public String toString() {
        return "SignedFields" + fields.keySet();
    }
}

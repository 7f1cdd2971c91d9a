// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import io.crynux.client.journal.ProtocolData;

/**
 * What the contract's createTask needs to know of a task, beside its kind and hash.
 *
 * @param vramLimit minimum VRAM of a node, in GB
 * @param cap size as the contract prices it
 * @param gpuName name of the GPU that nodes must have, or ""
 * @param gpuVram VRAM of that GPU in GB, or 0
 */
public record ChainTerms(long vramLimit, long cap, String gpuName, long gpuVram) {

    /** The terms of an order. */
    public static ChainTerms of(ProtocolData terms) {
        return new ChainTerms(
                number(terms, "vramLimit"),
                number(terms, "cap"),
                terms.get("gpuName") == null ? "" : terms.get("gpuName"),
                number(terms, "gpuVram"));
    }

    private static long number(ProtocolData terms, String name) {
        return terms.get(name) == null ? 0 : Long.parseLong(terms.get(name));
    }

    /** As the order has them. */
    public ProtocolData data() {
        return ProtocolData.EMPTY
                .with("vramLimit", Long.toString(vramLimit))
                .with("cap", Long.toString(cap))
                .with("gpuName", gpuName)
                .with("gpuVram", Long.toString(gpuVram));
    }
}

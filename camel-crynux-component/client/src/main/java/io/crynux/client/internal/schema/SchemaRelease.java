// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

/** Releases of the network's schemas. A Relay has those of the time when it was started. */
public enum SchemaRelease {
    /**
     * Of July 2024: images by the schema of 2023-10-24, text by that of 2024-01-16. There is none for fine-tuning, whose first
     * schema is of August 2024.
     */
    JULY_2024("-2024-07"),

    /** Of today: stable-diffusion-task as of 2025-07-07 (images and fine-tuning), gpt-task v3.1.0. */
    TODAY("");

    private final String suffix;

    SchemaRelease(String suffix) {
        this.suffix = suffix;
    }

    /** What the names of this release's files have after the kind. */
    String suffix() {
        return suffix;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

/** Schemas that the Relay validates task parameters with. They changed over time; a Relay keeps those of its start. */
public enum RelaySchemas {
    /** Those of 2025 and 2026. */
    TODAY,
    /**
     * Those of a Relay of July 2024: Stable Diffusion of 2023-10-24, text of 2024-01-16. {@code base_model} is a name only,
     * {@code cfg} a whole number from 1 to 20, messages need a role (no {@code tool}) and a text, and there is no fine-tuning.
     */
    JULY_2024
}

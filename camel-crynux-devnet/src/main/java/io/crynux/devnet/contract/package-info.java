// SPDX-License-Identifier: Apache-2.0
/**
 * The behaviour of the Crynux Task and Node contracts of May 2024 (and of the later one with seven arguments), written
 * and held to recordings of the real ones. Reached only through calldata, as the real ones are.
 */
package io.crynux.devnet.contract;

// SPDX-License-Identifier: Apache-2.0
/**
 * The seam between the engine and the networks: what a protocol does for the engine, and what the engine gives it. Neither side
 * knows the other's inside.
 */
package io.crynux.client.internal.protocol;

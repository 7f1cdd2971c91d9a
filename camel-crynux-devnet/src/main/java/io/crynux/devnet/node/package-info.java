// SPDX-License-Identifier: Apache-2.0
/** Simulated nodes: they do on chain and at the Relay what real nodes do. */
package io.crynux.devnet.node;

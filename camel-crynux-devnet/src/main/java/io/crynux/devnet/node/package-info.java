// SPDX-License-Identifier: Apache-2.0
/** Simulated nodes: on the chain and at the Relay they do what real nodes do. */
package io.crynux.devnet.node;

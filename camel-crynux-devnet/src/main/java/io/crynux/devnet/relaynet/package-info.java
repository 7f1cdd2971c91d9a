// SPDX-License-Identifier: Apache-2.0
/** The network of today: a Relay that keeps accounts, queue and results, and nodes that work for it. */
package io.crynux.devnet.relaynet;

// SPDX-License-Identifier: Apache-2.0
/** Follows the Task contract's events on any chain, reorgs included, for the Relay and for the nodes. */
package io.crynux.devnet.watch;

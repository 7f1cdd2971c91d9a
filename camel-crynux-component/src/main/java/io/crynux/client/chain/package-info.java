// SPDX-License-Identifier: Apache-2.0
/**
 * The chain: JSON-RPC, the Task contract's calls and events, payments in their nonce lane, and the follower that reads
 * blocks once for everybody.
 */
package io.crynux.client.chain;

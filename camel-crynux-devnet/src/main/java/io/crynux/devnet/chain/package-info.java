// SPDX-License-Identifier: Apache-2.0
/** The devnet's chain, ready to use: ledger, contracts and JSON-RPC put together, and what Relay and nodes see of a chain. */
package io.crynux.devnet.chain;

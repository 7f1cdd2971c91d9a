// SPDX-License-Identifier: Apache-2.0
/**
 * The Ethereum JSON-RPC of the devnet's ledger, over HTTP and WebSockets, in the field names and error wordings of the usual test
 * nodes.
 */
package io.crynux.devnet.rpc;

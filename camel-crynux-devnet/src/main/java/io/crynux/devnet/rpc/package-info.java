// SPDX-License-Identifier: Apache-2.0
/** The Ethereum JSON-RPC, over HTTP and WebSockets, of the devnet's ledger, in the field names and error wordings of the usual test nodes. */
package io.crynux.devnet.rpc;

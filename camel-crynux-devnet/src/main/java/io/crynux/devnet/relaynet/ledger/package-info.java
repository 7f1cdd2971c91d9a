// SPDX-License-Identifier: Apache-2.0
/** The money of the network of today: accounts on the Relay, and the list of what moved. */
package io.crynux.devnet.relaynet.ledger;

// SPDX-License-Identifier: Apache-2.0
/** The wallet's Relay account: its balance, and the ledger that proves what became of fees. */
package io.crynux.client.internal.protocol.relay.money;

// SPDX-License-Identifier: Apache-2.0
/** The clock of the Relay of today, and everything that happens by it. */
package io.crynux.devnet.relaynet.time;

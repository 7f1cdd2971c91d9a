// SPDX-License-Identifier: Apache-2.0
/** Faults of the Relay of today. */
package io.crynux.devnet.relaynet.fault;

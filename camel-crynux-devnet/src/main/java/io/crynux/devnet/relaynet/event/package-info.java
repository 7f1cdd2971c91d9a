// SPDX-License-Identifier: Apache-2.0
/** The Relay's public log of events. */
package io.crynux.devnet.relaynet.event;

// SPDX-License-Identifier: Apache-2.0
/** What the Relay of today does with tasks: everything between a creation and its end. Knows no HTTP. */
package io.crynux.devnet.relaynet.engine;

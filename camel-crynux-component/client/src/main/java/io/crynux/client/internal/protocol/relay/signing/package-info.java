// SPDX-License-Identifier: Apache-2.0
/** Signatures of requests to the Relay of today, with the Relay's time. */
package io.crynux.client.internal.protocol.relay.signing;

// SPDX-License-Identifier: Apache-2.0
/**
 * The life of one request in the Relay of today: what is known of it, the rules that decide what to do, and what became of it and its
 * money. Data in, decisions out, without input or output.
 */
package io.crynux.client.internal.protocol.relay.life;

// SPDX-License-Identifier: Apache-2.0
/**
 * What a task of today's Relay consists of before it is paid for: the parameters that are sent ({@link
 * io.crynux.client.internal.protocol.relay.terms.FixedParameters}), and the terms by which the Relay finds a node ({@link
 * io.crynux.client.internal.protocol.relay.terms.RelayTerms}). The facts come from the relay protocol, section 6, and from the
 * Relay's code (24ffc26).
 */
package io.crynux.client.internal.protocol.relay.terms;

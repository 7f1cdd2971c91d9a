// SPDX-License-Identifier: Apache-2.0
/** The classic network, chain and Relay, as the steps that the engine drives. */
package io.crynux.client.internal.protocol.chain;

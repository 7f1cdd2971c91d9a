// SPDX-License-Identifier: Apache-2.0
/** The calls of the API of the Relay of today, with typed answers and refusals. */
package io.crynux.client.internal.protocol.relay.api;

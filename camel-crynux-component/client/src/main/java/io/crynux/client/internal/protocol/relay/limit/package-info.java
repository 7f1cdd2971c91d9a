// SPDX-License-Identifier: Apache-2.0
/** Order and rate of calls of the Relay. */
package io.crynux.client.internal.protocol.relay.limit;

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import java.math.BigInteger;

/** Numbers of nodes; a slower job of the Relay counts them. */
public record NodeNumbers(BigInteger all, BigInteger busy, BigInteger active) {}

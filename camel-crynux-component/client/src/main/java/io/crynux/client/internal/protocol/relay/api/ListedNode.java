// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import java.math.BigInteger;

/**
 * A node of the network's list.
 *
 * @param gpuName with platform
 * @param gpuVram in GB
 */
public record ListedNode(String address, String gpuName, BigInteger gpuVram) {}

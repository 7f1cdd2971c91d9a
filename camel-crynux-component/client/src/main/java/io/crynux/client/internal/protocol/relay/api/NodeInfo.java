// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import java.math.BigInteger;
import java.util.List;

/**
 * A node.
 *
 * @param status 0 unknown or left, 1 idle, 2 busy, 4 leaves after its task
 * @param gpuName with platform, such as {@code NVIDIA GeForce RTX 4090+Linux}; empty for an unknown address
 * @param gpuVram in GB
 * @param modelIds in lower case
 */
public record NodeInfo(
        String address, int status, String gpuName, BigInteger gpuVram, String version, List<String> modelIds) {}

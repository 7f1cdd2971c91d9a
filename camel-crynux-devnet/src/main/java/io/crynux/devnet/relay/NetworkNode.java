// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

/**
 * A node in the Relay's statistics.
 *
 * @param address lower-case hex with the prefix {@code 0x}
 * @param gpuName the name of its GPU
 * @param gpuVram the GPU's memory in GB
 */
public record NetworkNode(String address, String gpuName, int gpuVram) {}

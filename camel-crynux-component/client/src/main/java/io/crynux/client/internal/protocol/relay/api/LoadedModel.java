// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import java.math.BigInteger;

/**
 * A model that has run in the network.
 *
 * @param type {@code sd} or {@code llm}
 * @param minVram in GB
 */
public record LoadedModel(
        String id, String type, BigInteger minVram, BigInteger inMemoryNodes, BigInteger onDiskNodes) {}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A file for a creator.
 *
 * @param name as in {@code Content-Disposition}
 * @param content read-only, from its position to its limit
 */
public record ResultFile(String name, ByteBuffer content, Instant modified) {
    static ResultFile of(String name, byte[] content, Instant modified) {
        return new ResultFile(name, ByteBuffer.wrap(content).asReadOnlyBuffer(), modified);
    }
}

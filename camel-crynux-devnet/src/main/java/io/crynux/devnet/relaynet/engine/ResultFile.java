// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import java.time.Instant;

/**
 * A file for a creator.
 *
 * @param name as in {@code Content-Disposition}
 * @param content must not be changed
 */
public record ResultFile(String name, byte[] content, Instant modified) {}

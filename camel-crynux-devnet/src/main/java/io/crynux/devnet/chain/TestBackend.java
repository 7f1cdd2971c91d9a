// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which chains the devnets of a test run make, by the JVM's properties: with {@value #BACKEND} set to {@value #ANVIL} each
 * starts an anvil of its own, from the file that {@value #BINARY} names. So the same tests prove client and devnet on a
 * real EVM.
 */
final class TestBackend {
    static final String BACKEND = "crynux.backend";
    static final String BINARY = "crynux.anvil";
    private static final String ANVIL = "anvil";
    private static final String DEVNET = "devnet";

    private TestBackend() {}

    /** The file of anvil; empty for the devnet's own chain. */
    static Optional<Path> anvil() {
        String backend = System.getProperty(BACKEND, DEVNET);
        if (backend.equals(DEVNET)) {
            return Optional.empty();
        }
        if (!backend.equals(ANVIL)) {
            throw new IllegalArgumentException(
                    BACKEND + " must be '" + DEVNET + "' or '" + ANVIL + "', not '" + backend + "'");
        }
        String binary = System.getProperty(BINARY);
        if (binary == null) {
            throw new IllegalArgumentException(BACKEND + "=" + ANVIL + " needs " + BINARY + ", the path of anvil");
        }
        return Optional.of(Path.of(binary));
    }
}

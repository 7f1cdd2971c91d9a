// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import org.web3j.crypto.Credentials;

/**
 * A node of the devnet.
 *
 * @param account its key; pays its transactions and gets its share of the fees
 * @param gpuName the name of its GPU; text tasks need three nodes with the same
 * @param gpuVram the memory of its GPU in GB
 */
public record SimulatedNode(Credentials account, String gpuName, int gpuVram) {

    /** Its address, lower-case hex with the prefix {@code 0x}. */
    public String address() {
        return account.getAddress();
    }
}

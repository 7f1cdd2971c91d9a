// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.observe;

/**
 * The chain that a client uses.
 *
 * @param chainId the chain id
 * @param genesisHash hash of block 0; null if the node does not have that block
 */
public record ChainIdentity(long chainId, String genesisHash) {}

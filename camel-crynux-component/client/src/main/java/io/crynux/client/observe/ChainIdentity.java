// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.observe;

/**
 * Which chain a client works on.
 *
 * @param chainId its id
 * @param genesisHash hash of its block 0; null where the node does not have that block
 */
public record ChainIdentity(long chainId, String genesisHash) {}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol;

/**
 * The network that a journal belongs to. A chain with its contract.
 *
 * @param chainId of the chain
 * @param genesisHash of its block 0; null where the node does not have it
 * @param contract address of the Task contract, lower-case
 */
public record NetworkIdentity(long chainId, String genesisHash, String contract) {}

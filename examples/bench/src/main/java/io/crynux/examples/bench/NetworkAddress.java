// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

/**
 * Addresses of a network.
 *
 * @param webSocketUrl of the node; null if it has none
 * @param relayUrl of the Relay, which also returns the numbers of requests
 * @param privateKey of a public test account with money; null if there is none
 */
record NetworkAddress(
        String rpcUrl, String webSocketUrl, String relayUrl, String contract, long chainId, String privateKey) {}

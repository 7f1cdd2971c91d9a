// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

/**
 * Where a network is.
 *
 * @param webSocketUrl of the node; null where it has none
 * @param relayUrl where the process tells what it was asked, too
 * @param privateKey of somebody who has money there, one of those that everybody knows; null where nobody has
 */
record NetworkAddress(
        String rpcUrl, String webSocketUrl, String relayUrl, String contract, long chainId, String privateKey) {}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

/** Where a network is, and the key of somebody who has money there: one of those that everybody knows. */
record NetworkAddress(String rpcUrl, String relayUrl, String contract, long chainId, String privateKey) {}

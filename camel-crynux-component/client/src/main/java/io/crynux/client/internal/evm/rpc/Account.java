// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import java.math.BigInteger;

/**
 * A wallet in one block.
 *
 * @param balance in wei
 * @param nextNonce how many of its transactions are in blocks
 */
public record Account(BigInteger balance, BigInteger nextNonce) {}

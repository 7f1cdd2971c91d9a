// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;

/**
 * A call that is not (yet) a transaction.
 *
 * @param gasLimit most gas that it may use
 * @param fundsChecked whether the caller must have the value
 */
public record CallRequest(String from, String to, long gasLimit, BigInteger value, String data, boolean fundsChecked) {}

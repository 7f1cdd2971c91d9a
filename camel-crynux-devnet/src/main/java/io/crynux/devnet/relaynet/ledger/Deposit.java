// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.ledger;

import java.math.BigInteger;
import java.time.Instant;

/**
 * Money that came from a chain.
 *
 * @param amount in wei
 * @param transaction hash with prefix
 */
public record Deposit(long id, Instant at, String address, BigInteger amount, String transaction) {}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

/**
 * How a call ended.
 *
 * @param succeeded false when it reverted or ran out of gas
 * @param output the ABI-encoded answer or error
 * @param gasNeeded the lowest gas limit with which it ends the same way
 */
public record CallResult(boolean succeeded, String output, long gasNeeded) {}

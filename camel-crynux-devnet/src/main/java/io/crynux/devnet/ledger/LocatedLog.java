// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

/** A log with its place in the chain; the index counts the logs of the block. */
public record LocatedLog(Log log, Block block, TransactionReceipt receipt, int logIndex) {}

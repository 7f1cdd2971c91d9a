// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

/** A transaction that is in a block. */
public record MinedTransaction(Block block, TransactionReceipt receipt) {}

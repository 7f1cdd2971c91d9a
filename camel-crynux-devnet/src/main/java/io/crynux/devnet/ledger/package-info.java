// SPDX-License-Identifier: Apache-2.0
/**
 * The devnet's ledger: signed transactions, accounts, blocks, receipts and logs, as an Ethereum node of the London rules
 * keeps them. It runs no byte code: what a contract does is given to it as a {@link io.crynux.devnet.ledger.Contract}.
 *
 * <p>Addresses, hashes, topics and data are lower-case hex strings with the prefix {@code 0x}; amounts are in wei.
 */
package io.crynux.devnet.ledger;

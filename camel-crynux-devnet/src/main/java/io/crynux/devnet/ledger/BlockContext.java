// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

/** The block in which a contract runs; the timestamp is in seconds since 1970. */
public record BlockContext(long number, long timestamp, String parentHash) {}

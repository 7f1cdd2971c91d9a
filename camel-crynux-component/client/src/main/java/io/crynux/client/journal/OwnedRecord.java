// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

/**
 * A record that an owner has.
 *
 * @param epoch under which it may change the record; see {@link JournalSession#commit}
 */
public record OwnedRecord(JournalRecord record, long epoch) {}

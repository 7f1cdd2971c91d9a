// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.util.concurrent.Executor;

/**
 * The client that opens a journal.
 *
 * @param id distinguishes it from every other client, of this process and of others
 * @param executor runs what may block, such as writing to a disk
 */
public record JournalOwner(String id, Executor executor) {}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.time.Clock;
import java.time.Duration;

/**
 * The network that a journal belongs to, and how long it keeps settled tasks.
 *
 * @param network network of all records
 * @param retention how long a settled task can be found by its idempotency key
 * @param budgetPeriod how long the cost of a settled task is kept; zero if there is no budget
 * @param clock current time
 */
public record JournalScope(NetworkIdentity network, Duration retention, Duration budgetPeriod, Clock clock) {}

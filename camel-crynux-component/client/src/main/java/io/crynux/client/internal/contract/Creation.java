// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

/**
 * How a task was created.
 *
 * @param creator the address that paid, lower-case
 * @param taskType the contract's number of it
 */
public record Creation(String creator, long taskType) {}

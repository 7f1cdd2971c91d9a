// SPDX-License-Identifier: Apache-2.0
/** The Task contract: its calls, its events, and what they mean. */
package io.crynux.client.internal.contract;

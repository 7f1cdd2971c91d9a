// SPDX-License-Identifier: Apache-2.0
/** What can go wrong with a task, each with what is known of the task and of its money. */
package io.crynux.client.error;

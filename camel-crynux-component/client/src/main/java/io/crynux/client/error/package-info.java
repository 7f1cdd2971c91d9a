// SPDX-License-Identifier: Apache-2.0
/** Exceptions of the client, with the known facts about the task and its payment. */
package io.crynux.client.error;

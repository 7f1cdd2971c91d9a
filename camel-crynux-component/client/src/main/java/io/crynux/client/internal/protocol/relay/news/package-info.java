// SPDX-License-Identifier: Apache-2.0
/** News of tasks: one cursor over the Relay's event log. */
package io.crynux.client.internal.protocol.relay.news;

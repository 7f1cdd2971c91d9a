// SPDX-License-Identifier: Apache-2.0
/** Words of the Relay of today: tasks, states and events, as its API sends them. */
package io.crynux.client.internal.protocol.relay.task;

// SPDX-License-Identifier: Apache-2.0
/** A task of the network of today: what was ordered, how far it is, and which step leads where. */
package io.crynux.devnet.relaynet.task;

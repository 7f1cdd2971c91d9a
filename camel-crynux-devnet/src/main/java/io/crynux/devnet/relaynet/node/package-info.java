// SPDX-License-Identifier: Apache-2.0
/** The nodes of the network of today: what they are, and how they behave when they get a task. */
package io.crynux.devnet.relaynet.node;

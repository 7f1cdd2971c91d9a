// SPDX-License-Identifier: Apache-2.0
/** Streams of the contract's events over the blocks that the follower reads. */
package io.crynux.client.internal.event;

// SPDX-License-Identifier: Apache-2.0
/** What the chain's events tell of each task, for whoever looks at a devnet: its status page and assertions of tests. */
package io.crynux.devnet.board;

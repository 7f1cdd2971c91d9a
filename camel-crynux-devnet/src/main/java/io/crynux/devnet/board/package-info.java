// SPDX-License-Identifier: Apache-2.0
/** The state of each task by the chain's events, for the status page and for assertions of tests. */
package io.crynux.devnet.board;

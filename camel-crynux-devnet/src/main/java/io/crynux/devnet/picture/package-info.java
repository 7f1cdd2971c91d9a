// SPDX-License-Identifier: Apache-2.0
/** Pictures to look at, drawn from a prompt: always the same from the same. */
package io.crynux.devnet.picture;

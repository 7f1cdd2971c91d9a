// SPDX-License-Identifier: Apache-2.0
/** What the Relay does by Go's standard library, and what clients can see of it: JSON and hex in its reading, writing and errors. */
package io.crynux.devnet.golang;

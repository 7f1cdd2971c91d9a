// SPDX-License-Identifier: Apache-2.0
/** What the devnet's servers have in common. Knows none of them. */
package io.crynux.devnet.http;

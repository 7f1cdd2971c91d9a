// SPDX-License-Identifier: Apache-2.0
/** Faults on demand: what all parts of the devnet have in common. Knows none of them. */
package io.crynux.devnet.fault;

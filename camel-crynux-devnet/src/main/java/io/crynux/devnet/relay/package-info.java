// SPDX-License-Identifier: Apache-2.0
/** A Relay of the classic protocol: where creators upload parameters and download results, and nodes the opposite. */
package io.crynux.devnet.relay;

// SPDX-License-Identifier: Apache-2.0
/** Verifiable random function of the Relay protocol, over the curve of the wallets' keys. */
package io.crynux.client.internal.vrf;

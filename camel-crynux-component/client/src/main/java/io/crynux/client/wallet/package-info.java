// SPDX-License-Identifier: Apache-2.0
/** Wallets: signers and provers with local keys, and the interfaces for other ones. */
package io.crynux.client.wallet;

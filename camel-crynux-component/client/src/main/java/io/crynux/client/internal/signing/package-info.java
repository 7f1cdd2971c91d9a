// SPDX-License-Identifier: Apache-2.0
/** Calls of a wallet's signer, with timeout and validation. */
package io.crynux.client.internal.signing;

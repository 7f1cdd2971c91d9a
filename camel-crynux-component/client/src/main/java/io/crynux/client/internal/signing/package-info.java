// SPDX-License-Identifier: Apache-2.0
/** How the client calls a wallet's signer, whoever wrote it. */
package io.crynux.client.internal.signing;

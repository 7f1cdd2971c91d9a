// SPDX-License-Identifier: Apache-2.0
/** Who sends a request, and whether a creator may validate: signatures of requests, login of wallets, proofs of sampling. */
package io.crynux.devnet.relaynet.auth;

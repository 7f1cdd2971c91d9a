// SPDX-License-Identifier: Apache-2.0
/** Answers other than success. */
package io.crynux.devnet.relaynet.refusal;

// SPDX-License-Identifier: Apache-2.0
/** The nonce lane of a wallet: prices, signs, sends and replaces its payments one after the other. */
package io.crynux.client.internal.evm.lane;

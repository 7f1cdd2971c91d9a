// SPDX-License-Identifier: Apache-2.0
/** What an EVM chain is reached by and followed with. */
package io.crynux.client.internal.evm;

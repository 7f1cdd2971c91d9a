// SPDX-License-Identifier: Apache-2.0
/** The settings of the network of today. */
package io.crynux.devnet.relaynet.settings;

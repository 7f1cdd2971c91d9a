// SPDX-License-Identifier: Apache-2.0
/** What a client can be told: network, payments, limits, connections. Values only. */
package io.crynux.client.settings;

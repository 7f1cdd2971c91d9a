// SPDX-License-Identifier: Apache-2.0
/** What the chain's and the Relay's clients share of HTTP: settings, limits, deadlines, back-off. */
package io.crynux.client.http;

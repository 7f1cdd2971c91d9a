// SPDX-License-Identifier: Apache-2.0
/** What the clients of chain and Relay share of HTTP: settings, limits, deadlines, back-off. */
package io.crynux.client.http;

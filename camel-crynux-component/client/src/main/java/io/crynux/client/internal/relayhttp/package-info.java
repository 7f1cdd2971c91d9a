// SPDX-License-Identifier: Apache-2.0
/** The Relay: signed requests over HTTP that upload parameters and download results. */
package io.crynux.client.internal.relayhttp;

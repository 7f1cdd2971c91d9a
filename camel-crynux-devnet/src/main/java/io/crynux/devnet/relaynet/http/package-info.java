// SPDX-License-Identifier: Apache-2.0
/** The HTTP interface of the Relay of today: paths, parameters as Go's gin binds them, and answers. */
package io.crynux.devnet.relaynet.http;

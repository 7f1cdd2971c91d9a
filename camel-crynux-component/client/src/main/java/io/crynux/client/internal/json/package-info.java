// SPDX-License-Identifier: Apache-2.0
/** Reads and checks JSON and text that users and the network send. */
package io.crynux.client.internal.json;

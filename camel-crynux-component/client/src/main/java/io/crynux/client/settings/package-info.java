// SPDX-License-Identifier: Apache-2.0
/** Settings of a client: payments, limits, connections, retries. */
package io.crynux.client.settings;

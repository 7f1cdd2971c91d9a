// SPDX-License-Identifier: Apache-2.0
/** What can be done with tasks that exist, whoever paid for them, and what can be read of network and wallet. */
package io.crynux.client.operation;

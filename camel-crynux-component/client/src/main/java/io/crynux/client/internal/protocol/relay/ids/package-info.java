// SPDX-License-Identifier: Apache-2.0
/** Ids of a request and the decision whether it is sampled, derived from the wallet's key. */
package io.crynux.client.internal.protocol.relay.ids;

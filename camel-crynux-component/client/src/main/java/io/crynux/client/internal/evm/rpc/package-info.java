// SPDX-License-Identifier: Apache-2.0
/** JSON-RPC over HTTP: several URLs, batches, rate limits, calls that a node lacks. */
package io.crynux.client.internal.evm.rpc;

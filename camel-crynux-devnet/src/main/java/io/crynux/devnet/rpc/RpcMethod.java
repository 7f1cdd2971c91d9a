// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;

/** One method of the RPC. */
@FunctionalInterface
interface RpcMethod {
    /** The result; errors are thrown as {@link RpcException} or as what the ledger throws. */
    JsonNode call(Params params);
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;

/**
 * Time and signature of a request.
 *
 * @param timestamp in unix seconds
 */
record Seal(long timestamp, String signature) {
    /** Both; 0 and the empty text count as missing. */
    static Seal required(long timestamp, String signature) throws RequestRefusedException {
        if (timestamp == 0) {
            throw RequestRefusedException.invalid("timestamp", "required");
        }
        if (signature.isEmpty()) {
            throw RequestRefusedException.invalid("signature", "required");
        }
        return new Seal(timestamp, signature);
    }

    /** Never prints the signature. */
    @Override
    public String toString() {
        return "Seal[timestamp=" + timestamp + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.json;

import java.nio.charset.StandardCharsets;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The hash that a payment commits to: keccak256 of the UTF-8 bytes of the parameters (classic protocol, section 1). */
public final class TaskHash {

    private TaskHash() {}

    /** The hash as hex with 0x. */
    public static String of(String parametersJson) {
        return Numeric.toHexString(Hash.sha3(parametersJson.getBytes(StandardCharsets.UTF_8)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The fields of a body, whatever its form. A field that is missing differs from an empty one. */
interface FieldSource {
    Optional<String> text(String name) throws RequestRefusedException;

    Optional<List<String>> texts(String name) throws RequestRefusedException;

    /** @param bits 8 or 64 */
    Optional<BigInteger> unsigned(String name, int bits) throws RequestRefusedException;

    Optional<Long> signed(String name) throws RequestRefusedException;

    /** An amount of money: a JSON number or a JSON string of digits. */
    Optional<BigInteger> amount(String name) throws RequestRefusedException;

    /** The files of that name. */
    List<byte[]> files(String name);
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** The parameters of one call; what is missing or malformed is answered as invalid. */
final class Params {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final Pattern HASH = Pattern.compile("0x[0-9a-fA-F]{64}");
    private static final Pattern DATA = Pattern.compile("0x([0-9a-fA-F]{2})*+");
    private static final Pattern QUANTITY = Pattern.compile("0x[0-9a-fA-F]{1,64}");

    private final JsonNode params;

    Params(JsonNode params) {
        this.params = params;
    }

    /** The parameter at a place; a missing node when there is none. */
    JsonNode at(int index) {
        return params.path(index);
    }

    String address(int index) {
        return address(at(index));
    }

    static String address(JsonNode node) {
        return matching(node, ADDRESS, "address");
    }

    String hash(int index) {
        return hash(at(index));
    }

    static String hash(JsonNode node) {
        return matching(node, HASH, "hash");
    }

    String data(int index) {
        return data(at(index));
    }

    static String data(JsonNode node) {
        return matching(node, DATA, "hex data");
    }

    static BigInteger quantity(JsonNode node) {
        if (node.isIntegralNumber() && node.bigIntegerValue().signum() >= 0) {
            return node.bigIntegerValue();
        }
        return new BigInteger(matching(node, QUANTITY, "quantity").substring(2), 16);
    }

    /** A quantity that counts something, at most the greatest long. */
    static long count(JsonNode node) {
        BigInteger value = quantity(node);
        return value.bitLength() > 63 ? Long.MAX_VALUE : value.longValueExact();
    }

    private static String matching(JsonNode node, Pattern pattern, String what) {
        if (!node.isTextual() || !pattern.matcher(node.textValue()).matches()) {
            throw RpcException.invalidParams("invalid or missing " + what);
        }
        return node.textValue().toLowerCase(Locale.ROOT);
    }

    static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}

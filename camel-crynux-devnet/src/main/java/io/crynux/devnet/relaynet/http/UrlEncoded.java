// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads queries and forms, always as UTF-8. A plus sign is a space. */
final class UrlEncoded {
    private UrlEncoded() {}

    /** The values by name, in order; what is wrongly escaped is left out, as Go does. */
    static Map<String, List<String>> parse(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                add(values, pair.split("=", 2));
            }
        }
        return values;
    }

    private static void add(Map<String, List<String>> values, String[] pair) {
        try {
            String name = URLDecoder.decode(pair[0], StandardCharsets.UTF_8);
            String value = pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
            values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        } catch (IllegalArgumentException e) {
            // Go's url.ParseQuery goes on with the next pair, too; gin ignores its error for queries.
            return;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sizes that the Relay refuses, with HTTP 400 or with an error of its database (recordings 55 and 55b). */
final class SizeLimits {

    /** Maximum size of a request's body, in bytes: {@code http.max_body_bytes} of the Relay's example configurations. */
    static final long MOST_BODY_BYTES = 33_554_432;

    /** Maximum size of the stored parameters, in bytes: {@code max_allowed_packet} of MariaDB, as it is by default. */
    static final long MOST_STORED_BYTES = 16_777_216;

    /** Enough for all fields of a create call except parameters, models and GPU; 400 bytes in the recordings. */
    private static final int OTHER_FIELDS = 1_024;

    private static final String UNESCAPED = "*-._";

    private SizeLimits() {}

    /**
     * The sizes that are too large.
     *
     * @param json the text that is sent
     * @param parameters the same as a tree
     */
    static List<Violation> violations(String json, JsonNode parameters, RelayTerms terms) {
        StoredParameters stored = StoredParameters.of(parameters);
        List<Violation> violations = new ArrayList<>();
        long body = OTHER_FIELDS + formSize(json) + formSize(terms.gpu());
        for (String model : terms.models()) {
            body += "&task_model_ids=".length() + formSize(model);
        }
        if (body > MOST_BODY_BYTES) {
            violations.add(new Violation(
                    stored.largestText(), tooLarge("makes a request of", body, MOST_BODY_BYTES, "the Relay accepts")));
        }
        if (stored.bytes() > MOST_STORED_BYTES) {
            violations.add(new Violation(
                    stored.largestText(),
                    tooLarge(
                            "makes parameters of", stored.bytes(), MOST_STORED_BYTES, "the Relay's database accepts")));
        }
        return violations;
    }

    private static String tooLarge(String what, long bytes, long most, String who) {
        return String.format(
                Locale.ROOT,
                "%s %,d bytes; %s at most %,d. Shorten it, or send fewer or smaller images",
                what,
                bytes,
                who,
                most);
    }

    /** Bytes of a text in application/x-www-form-urlencoded. */
    private static long formSize(String text) {
        long size = 0;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || b == ' '
                    || UNESCAPED.indexOf(b) >= 0;
            size += plain ? 1 : 3;
        }
        return size;
    }
}

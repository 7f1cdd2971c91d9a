// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads bodies as gin does: by their content type, and as a form where it is none that gin knows. */
final class Bodies {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private Bodies() {}

    /** The fields of a body that may be a form, multipart or JSON; a form's come from the query, too. */
    static FieldSource any(Call call) throws RequestRefusedException, IOException {
        byte[] body = call.body();
        return switch (call.contentType()) {
            case "application/json" -> json(body);
            case "multipart/form-data" -> multipart(call, body);
            case "application/x-www-form-urlencoded" -> form(call, new String(body, StandardCharsets.UTF_8));
            default -> form(call, "");
        };
    }

    /** The fields of a body that must be JSON; every other body has none. */
    static FieldSource jsonOnly(Call call) throws RequestRefusedException, IOException {
        byte[] body = call.body();
        return call.contentType().equals("application/json") ? json(body) : new JsonFields(JSON.createObjectNode());
    }

    private static FieldSource form(Call call, String body) {
        Map<String, List<String>> values = new LinkedHashMap<>(UrlEncoded.parse(body));
        call.query().forEach((name, more) -> values.merge(name, more, Bodies::joined));
        return new FormFields(values, Map.of());
    }

    private static List<String> joined(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private static FieldSource multipart(Call call, byte[] body) throws RequestRefusedException {
        Multipart parts = Multipart.parse(call.exchange().getRequestHeaders().getFirst("Content-Type"), body);
        Map<String, List<String>> values = new LinkedHashMap<>(parts.values());
        call.query().forEach((name, more) -> values.merge(name, more, Bodies::joined));
        return new FormFields(values, parts.files());
    }

    private static FieldSource json(byte[] body) throws RequestRefusedException, IOException {
        try {
            JsonNode json = JSON.readTree(body);
            // No body at all is not read at all.
            if (json == null || json.isMissingNode() || json.isNull()) {
                return new JsonFields(JSON.createObjectNode());
            }
            if (!json.isObject()) {
                throw RequestRefusedException.invalid(
                        "",
                        "json: cannot unmarshal " + json.getNodeType().name().toLowerCase(Locale.ROOT)
                                + " into Go value");
            }
            return new JsonFields(json);
        } catch (JsonEOFException e) {
            throw RequestRefusedException.invalid("", "unexpected EOF");
        } catch (JsonProcessingException e) {
            // Go's words differ with the place; nobody can depend on them.
            throw RequestRefusedException.invalid("", "invalid character: " + e.getOriginalMessage());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormDataParser;
import io.undertow.server.handlers.form.MultiPartParserDefinition;
import io.undertow.util.PathTemplateMatch;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the parameters of one HTTP request, and refuses those that are missing or of the wrong form. */
final class RelayRequest {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,78}");

    private final HttpServerExchange exchange;

    RelayRequest(HttpServerExchange exchange) {
        this.exchange = exchange;
    }

    /** Refuses a body that says to be too large; one that does not say will fail when it is read. */
    static void limitBody(HttpServerExchange exchange) throws RequestTooLargeException {
        if (exchange.getRequestContentLength() > Relay.MAX_BODY_BYTES) {
            throw new RequestTooLargeException(null);
        }
        exchange.setMaxEntitySize(Relay.MAX_BODY_BYTES);
    }

    /** The parameters of a task, as its creator sends them. */
    record Upload(BigInteger taskId, String args, RelayDesk.Seal seal) {}

    /** The files of a result, as a node sends them. */
    record Files(List<byte[]> images, RelayDesk.Seal seal) {}

    BigInteger taskId() throws RelayRefusal {
        return number("task_id", path("task_id"));
    }

    /** A parameter of the path. Undertow adds those to the query's, where a stranger could put others before them. */
    String path(String name) {
        return exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY)
                .getParameters()
                .get(name);
    }

    /** A parameter of the query. */
    String query(String name) throws RelayRefusal {
        Deque<String> values = exchange.getQueryParameters().get(name);
        if (values == null || values.isEmpty()) {
            throw missing(name);
        }
        return values.getFirst();
    }

    /** A whole number from the query that fits an int; 0 and more. */
    int count(String name) throws RelayRefusal {
        BigInteger number = number(name, query(name));
        return number.bitLength() < Integer.SIZE ? number.intValue() : Integer.MAX_VALUE;
    }

    RelayDesk.Seal querySeal() throws RelayRefusal {
        return new RelayDesk.Seal(timestamp(query("timestamp")), query("signature"));
    }

    Upload upload() throws RelayRefusal, IOException {
        JsonNode body = json();
        JsonNode id = member(body, "task_id");
        JsonNode timestamp = member(body, "timestamp");
        JsonNode args = member(body, "task_args");
        JsonNode signature = member(body, "signature");
        if (!id.isIntegralNumber() || id.bigIntegerValue().signum() < 0) {
            throw new RelayRefusal("task_id", "task_id must be a whole number");
        }
        if (!timestamp.isIntegralNumber() || !timestamp.canConvertToLong()) {
            throw new RelayRefusal("timestamp", "timestamp must be a whole number");
        }
        if (!args.isTextual()) {
            throw new RelayRefusal("task_args", "task_args must be a string");
        }
        if (!signature.isTextual()) {
            throw new RelayRefusal("signature", "signature must be a string");
        }
        return new Upload(
                id.bigIntegerValue(),
                args.textValue(),
                new RelayDesk.Seal(timestamp.longValue(), signature.textValue()));
    }

    /** Reads a multipart body; its files stay in memory. */
    Files files() throws RelayRefusal, IOException {
        var definition = new MultiPartParserDefinition();
        definition.setFileSizeThreshold(Relay.MAX_BODY_BYTES);
        definition.setDefaultEncoding(StandardCharsets.UTF_8.name());
        try (FormDataParser parser = definition.create(exchange)) {
            if (parser == null) {
                throw new RelayRefusal("images", "expected multipart/form-data");
            }
            FormData form = parser.parseBlocking();
            List<byte[]> images = new ArrayList<>();
            if (form.contains("images")) {
                for (FormData.FormValue image : form.get("images")) {
                    images.add(content(image));
                }
            }
            if (images.isEmpty()) {
                throw missing("images");
            }
            return new Files(images, new RelayDesk.Seal(timestamp(field(form, "timestamp")), field(form, "signature")));
        } catch (RequestTooBigException | MultiPartParserDefinition.FileTooLargeException e) {
            throw new RequestTooLargeException(e);
        }
    }

    private static byte[] content(FormData.FormValue image) throws RelayRefusal, IOException {
        if (!image.isFileItem()) {
            throw new RelayRefusal("images", "expected a file");
        }
        try (InputStream in = image.getFileItem().getInputStream()) {
            return in.readAllBytes();
        }
    }

    private static String field(FormData form, String name) throws RelayRefusal {
        FormData.FormValue value = form.getFirst(name);
        if (value == null || value.isFileItem()) {
            throw missing(name);
        }
        return value.getValue();
    }

    private JsonNode json() throws RelayRefusal, IOException {
        try (InputStream in = exchange.getInputStream()) {
            JsonNode body = JSON.readTree(in.readAllBytes());
            if (body == null || !body.isObject()) {
                throw new RelayRefusal("body", "expected a JSON object");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new RelayRefusal("body", "not a JSON text: " + e.getOriginalMessage());
        } catch (CharConversionException e) {
            throw new RelayRefusal("body", "not a JSON text: " + e.getMessage());
        } catch (RequestTooBigException e) {
            throw new RequestTooLargeException(e);
        }
    }

    private static JsonNode member(JsonNode body, String name) throws RelayRefusal {
        if (!body.hasNonNull(name)) {
            throw missing(name);
        }
        return body.get(name);
    }

    private static BigInteger number(String name, String value) throws RelayRefusal {
        if (!DIGITS.matcher(value).matches()) {
            throw new RelayRefusal(name, name + " must be a whole number");
        }
        return new BigInteger(value);
    }

    private static long timestamp(String value) throws RelayRefusal {
        BigInteger number = number("timestamp", value);
        if (number.bitLength() >= Long.SIZE) {
            throw RelayRefusal.invalidSignature();
        }
        return number.longValue();
    }

    private static RelayRefusal missing(String name) {
        return new RelayRefusal(name, name + " is required");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.internal.text.ForeignText;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/** Parameters that a route made in Java: maps, lists and arrays, and what Jackson makes of the values in them. */
final class StructuredBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The member of a message's image that holds bytes; Jackson writes them as the network wants them. */
    private static final String BYTES = "base64";

    private StructuredBody() {}

    static boolean is(Object body) {
        return body instanceof Map || body instanceof List || body instanceof Object[] || body instanceof JsonNode;
    }

    /** @throws InvalidTaskException naming the first value that has no form in JSON that anybody means */
    static JsonNode json(Object body) {
        check(body, "", 0);
        try {
            return JSON.valueToTree(body);
        } catch (IllegalArgumentException e) {
            throw refusal(new Violation("", "cannot be written as JSON: " + ForeignText.shown(e.getMessage())));
        }
    }

    private static void check(Object value, String pointer, int depth) {
        if (depth > TaskJson.MAX_DEPTH) {
            throw refusal(new Violation("", "has more than " + TaskJson.MAX_DEPTH + " levels, or contains itself"));
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> check(member, pointer + "/" + name, depth + 1));
        } else if (value instanceof Collection<?> items) {
            checkItems(items, pointer, depth);
        } else if (value instanceof Object[] items) {
            checkItems(Arrays.asList(items), pointer, depth);
        } else if (isContentElsewhere(value) || (value instanceof byte[] && !pointer.endsWith("/" + BYTES))) {
            throw refusal(new Violation(
                    pointer,
                    "is of type " + value.getClass().getTypeName()
                            + ", whose content cannot be written as JSON; use text"));
        }
    }

    private static void checkItems(Collection<?> items, String pointer, int depth) {
        int i = 0;
        for (Object item : items) {
            check(item, pointer + "/" + i++, depth + 1);
        }
    }

    /** Values that stand for a content, of which Jackson would write the name of a file or the state of a stream. */
    private static boolean isContentElsewhere(Object value) {
        return value instanceof AutoCloseable
                || value instanceof StreamCache
                || value instanceof WrappedFile
                || value instanceof File
                || value instanceof Path
                || value instanceof ByteBuffer
                || value instanceof Iterator
                || value instanceof Optional
                || value instanceof Future
                || value instanceof Throwable;
    }

    private static InvalidTaskException refusal(Violation violation) {
        return new InvalidTaskException(
                "The body cannot be used as parameters. Nothing was signed; correct it", List.of(violation));
    }
}

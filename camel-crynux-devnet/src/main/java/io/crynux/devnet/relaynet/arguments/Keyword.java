// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import io.crynux.devnet.golang.GoNumbers;
import io.crynux.devnet.golang.GoText;
import io.crynux.devnet.golang.GoUri;
import io.crynux.devnet.golang.JsonNumber;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keywords of a schema that look at one value only, in the order in which the Relay's library looks at them. Each has the text of
 * that library's message.
 */
enum Keyword {
    TYPE("type") {
        @Override
        String problem(Map<?, ?> schema, Object rule, Object value) {
            String type = typeOf(value);
            boolean matches = rule.equals(type) || (rule.equals("integer") && isWhole(value));
            return matches ? null : "expected " + rule + ", but got " + type;
        }
    },
    CONST("const") {
        @Override
        String problem(Map<?, ?> schema, Object rule, Object value) {
            return same(rule, value) ? null : "value must be " + literal(rule);
        }
    },
    ENUM("enum") {
        @Override
        String problem(Map<?, ?> schema, Object rule, Object value) {
            List<?> allowed = (List<?>) rule;
            if (allowed.stream().anyMatch(one -> same(one, value))) {
                return null;
            }
            return (allowed.size() == 1 ? "value must be " : "value must be one of ")
                    + allowed.stream().map(Keyword::literal).collect(Collectors.joining(", "));
        }
    },
    FORMAT("format") {
        @Override
        String problem(Map<?, ?> schema, Object rule, Object value) {
            return !(value instanceof String text) || GoUri.isUri(text)
                    ? null
                    : quoted(text) + " is not valid " + quoted((String) rule);
        }
    },
    REQUIRED("required") {
        @Override
        String problem(Map<?, ?> schema, Object rule, Object value) {
            if (!(value instanceof Map<?, ?> members)) {
                return null;
            }
            String missing = ((List<?>) rule)
                    .stream()
                            .filter(name -> !members.containsKey(name))
                            .map(name -> quoted((String) name))
                            .collect(Collectors.joining(", "));
            return missing.isEmpty() ? null : "missing properties: " + missing;
        }
    },
    ADDITIONAL_PROPERTIES("additionalProperties") {
        @Override
        String problem(Map<?, ?> schema, Object rule, Object value) {
            if (!(value instanceof Map<?, ?> members)) {
                return null;
            }
            var others = new TreeSet<Object>(members.keySet());
            others.removeAll(((Map<?, ?>) schema.get("properties")).keySet());
            return others.isEmpty()
                    ? null
                    : "additionalProperties "
                            + others.stream().map(name -> quoted((String) name)).collect(Collectors.joining(", "))
                            + " not allowed";
        }
    },
    MIN_LENGTH("minLength") {
        @Override
        String problem(Map<?, ?> schema, Object rule, Object value) {
            return value instanceof String text && length(text) < number(rule)
                    ? "length must be >= " + ((JsonNumber) rule).text() + ", but got " + length(text)
                    : null;
        }
    },
    MAX_LENGTH("maxLength") {
        @Override
        String problem(Map<?, ?> schema, Object rule, Object value) {
            return value instanceof String text && length(text) > number(rule)
                    ? "length must be <= " + ((JsonNumber) rule).text() + ", but got " + length(text)
                    : null;
        }
    },
    MINIMUM("minimum") {
        @Override
        String problem(Map<?, ?> schema, Object rule, Object value) {
            return value instanceof JsonNumber && number(value) < number(rule) ? bound(">=", rule, value) : null;
        }
    },
    EXCLUSIVE_MINIMUM("exclusiveMinimum") {
        @Override
        String problem(Map<?, ?> schema, Object rule, Object value) {
            return value instanceof JsonNumber && number(value) <= number(rule) ? bound(">", rule, value) : null;
        }
    },
    MAXIMUM("maximum") {
        @Override
        String problem(Map<?, ?> schema, Object rule, Object value) {
            return value instanceof JsonNumber && number(value) > number(rule) ? bound("<=", rule, value) : null;
        }
    },
    EXCLUSIVE_MAXIMUM("exclusiveMaximum") {
        @Override
        String problem(Map<?, ?> schema, Object rule, Object value) {
            return value instanceof JsonNumber && number(value) >= number(rule) ? bound("<", rule, value) : null;
        }
    };

    private final String text;

    Keyword(String text) {
        this.text = text;
    }

    /** The keyword's name in a schema. */
    String text() {
        return text;
    }

    /**
     * What is wrong with a value.
     *
     * @param schema that contains the keyword
     * @param rule the keyword's value
     * @return null if nothing is wrong
     */
    abstract String problem(Map<?, ?> schema, Object rule, Object value);

    /** A text in single quotation marks. */
    static String quoted(String text) {
        return "'" + GoText.escaped(text).replace("\\\"", "\"").replace("'", "\\'") + "'";
    }

    private static String typeOf(Object value) {
        if (value instanceof Map) {
            return "object";
        } else if (value instanceof List) {
            return "array";
        } else if (value instanceof String) {
            return "string";
        } else if (value instanceof JsonNumber) {
            return "number";
        }
        return value == null ? "null" : "boolean";
    }

    private static boolean isWhole(Object value) {
        return value instanceof JsonNumber && number(value) == Math.rint(number(value));
    }

    private static boolean same(Object rule, Object value) {
        if (rule instanceof JsonNumber && value instanceof JsonNumber) {
            return number(rule) == number(value);
        }
        return rule.equals(value);
    }

    /** Numbers in a schema are texts for the library, so they are quoted as texts are. */
    private static String literal(Object rule) {
        return '"' + GoText.escaped(rule instanceof JsonNumber number ? number.text() : (String) rule) + '"';
    }

    private static double number(Object value) {
        return ((JsonNumber) value).toDouble();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String bound(String relation, Object rule, Object value) {
        return "must be " + relation + " " + printed(rule) + " but found " + printed(value);
    }

    private static String printed(Object number) {
        return GoNumbers.printed(number(number));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.golang;

/**
 * The Relay's idea of {@code "format": "uri"}: Go's {@code url.Parse} succeeds and finds a scheme (santhosh-tekuri/jsonschema
 * v5.3.1, {@code isURI}). Reads the text from left to right as that parser does.
 */
public final class GoUri {
    private static final String ALLOWED_IN_USER = "-._:~!$&'()*+,;=%@";
    private static final String ALLOWED_IN_HOST = "-._~!$&'()*+,;=:[]<>\"%";
    private static final int IP_V6_WORDS = 8;

    private GoUri() {}

    /** True if the text is an absolute URI. */
    public static boolean isUri(String text) {
        String[] atHash = text.split("#", 2);
        String[] atQuery = atHash[0].split("\\?", 2);
        int colon = atQuery[0].indexOf(':');
        if (atHash[0].chars().anyMatch(c -> c < ' ' || c == 0x7f) || !isScheme(atQuery[0], colon)) {
            return false;
        }
        if (atHash.length == 2 && !isEscaped(atHash[1])) {
            return false;
        }
        String rest = atQuery[0].substring(colon + 1);
        if (rest.startsWith("//")) {
            String[] atSlash = rest.substring(2).split("/", 2);
            return isAuthority(atSlash[0]) && (atSlash.length == 1 || isEscaped(atSlash[1]));
        }
        // Without a slash the rest is opaque: nobody looks at it.
        return !rest.startsWith("/") || isEscaped(rest);
    }

    private static boolean isScheme(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean later = isDigit(c) || c == '+' || c == '-' || c == '.';
            if (!isLetter(c) && (i == 0 || !later)) {
                return false;
            }
        }
        return end > 0;
    }

    private static boolean isAuthority(String authority) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String user = authority.substring(0, at);
            if (!isEscaped(user) || !user.chars().allMatch(c -> isPlain(c) || ALLOWED_IN_USER.indexOf(c) >= 0)) {
                return false;
            }
        }
        return isHost(authority.substring(at + 1));
    }

    private static boolean isHost(String host) {
        if (host.contains("[")) {
            int close = host.lastIndexOf(']');
            return host.lastIndexOf('[') == 0
                    && close > 0
                    && isPort(host.substring(close + 1))
                    && isIpV6(host.substring(1, close));
        }
        int colon = host.indexOf(':');
        if (colon >= 0 && !isPort(host.substring(colon))) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c < 0x80 && !isPlain(c) && ALLOWED_IN_HOST.indexOf(c) < 0) {
                return false;
            }
            // Of ASCII the percent sign alone may be written as an escape.
            if (c == '%' && (hex(host, i + 1) < 0 || hex(host, i + 2) < 0)) {
                return false;
            }
            if (c == '%' && hex(host, i + 1) < 8 && !host.startsWith("25", i + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPort(String text) {
        return text.isEmpty() || (text.charAt(0) == ':' && text.chars().skip(1).allMatch(GoUri::isDigit));
    }

    private static boolean isIpV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return words(text) == IP_V6_WORDS;
        }
        String before = text.substring(0, gap);
        String after = text.substring(gap + 2);
        int left = before.isEmpty() ? 0 : before.indexOf('.') >= 0 ? -1 : words(before);
        int right = after.isEmpty() ? 0 : words(after);
        return left >= 0 && right >= 0 && left + right < IP_V6_WORDS;
    }

    /** How many words of 16 bits there are between colons; an IPv4 address at the end is two. -1 for something else. */
    private static int words(String text) {
        String[] parts = text.split(":", -1);
        int words = 0;
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (i == parts.length - 1 && part.indexOf('.') >= 0 && isIpV4(part)) {
                words += 2;
            } else if (part.isEmpty() || part.length() > 4 || !part.chars().allMatch(c -> digit(c) >= 0)) {
                return -1;
            } else {
                words++;
            }
        }
        return words;
    }

    private static boolean isIpV4(String text) {
        String[] parts = text.split("\\.", -1);
        for (String part : parts) {
            boolean number =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(GoUri::isDigit);
            if (!number || (part.length() > 1 && part.charAt(0) == '0') || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return parts.length == 4;
    }

    private static boolean isEscaped(String text) {
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
            if (hex(text, i + 1) < 0 || hex(text, i + 2) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int hex(String text, int at) {
        return at < text.length() ? digit(text.charAt(at)) : -1;
    }

    private static int digit(int c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static boolean isPlain(int c) {
        return isLetter(c) || isDigit(c);
    }

    private static boolean isLetter(int c) {
        return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
    }

    private static boolean isDigit(int c) {
        return '0' <= c && c <= '9';
    }
}

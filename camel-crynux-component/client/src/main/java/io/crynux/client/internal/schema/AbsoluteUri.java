// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code "format": "uri"} means to the network: an absolute URI in the sense of Go's net/url, since Relay and bridge
 * check it with the Go library santhosh-tekuri/jsonschema v5.3.1 (format.go, {@code isURI}), which calls {@code url.Parse}
 * (go/src/net/url/url.go). That is neither RFC 3986 nor {@link java.net.URI}: a space in the path and text beyond ASCII
 * pass, and of {@code scheme:rest} without a slash the rest is not looked at. Where releases of Go differ (brackets around
 * what is no IPv6 address) the stricter one counts.
 */
final class AbsoluteUri {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern NOT_IN_USER = Pattern.compile("[^A-Za-z0-9._:~!$&'()*+,;=%@-]");
    /** A host may have bytes beyond ASCII, as they are or escaped; of ASCII only the percent sign may be escaped. */
    private static final Pattern NOT_IN_HOST =
            Pattern.compile("[\\x00-\\x7f&&[^A-Za-z0-9._~!$&'()*+,;=:\\[\\]<>\"%-]]|%(?!25|[89A-Fa-f][0-9A-Fa-f])");

    private static final Pattern PORT = Pattern.compile("(:[0-9]*)?");
    private static final Pattern ADDRESS = Pattern.compile("\\[([^\\[\\]]*)](:[0-9]*)?");
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IP_V4_END = Pattern.compile("(?<=:)" + BYTE + "(?:\\." + BYTE + "){3}$");
    private static final String GROUPS = "[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,7}";
    private static final Pattern IP_V6 = Pattern.compile("(" + GROUPS + ")|(?:" + GROUPS + ")?::(?:" + GROUPS + ")?");
    private static final int IP_V6_GROUPS = 8;

    private AbsoluteUri() {}

    static boolean matches(String text) {
        int fragment = text.indexOf('#');
        String uri = fragment < 0 ? text : text.substring(0, fragment);
        Matcher scheme = SCHEME.matcher(uri);
        if (CONTROL.matcher(uri).find() || !scheme.lookingAt()) {
            return false;
        }
        if (fragment >= 0 && BAD_ESCAPE.matcher(text.substring(fragment)).find()) {
            return false;
        }
        String rest = uri.substring(scheme.end());
        int query = rest.indexOf('?');
        return isHierarchy(query < 0 ? rest : rest.substring(0, query));
    }

    /** What stands between scheme and query. */
    private static boolean isHierarchy(String rest) {
        if (!rest.startsWith("/")) {
            return true;
        }
        if (!rest.startsWith("//")) {
            return !BAD_ESCAPE.matcher(rest).find();
        }
        int slash = rest.indexOf('/', 2);
        int end = slash < 0 ? rest.length() : slash;
        return isAuthority(rest.substring(2, end))
                && !BAD_ESCAPE.matcher(rest.substring(end)).find();
    }

    private static boolean isAuthority(String authority) {
        int at = authority.lastIndexOf('@');
        String user = authority.substring(0, Math.max(at, 0));
        return !NOT_IN_USER.matcher(user).find()
                && !BAD_ESCAPE.matcher(user).find()
                && isHost(authority.substring(at + 1));
    }

    private static boolean isHost(String host) {
        if (host.indexOf('[') >= 0) {
            Matcher address = ADDRESS.matcher(host);
            return address.matches() && isIpV6(address.group(1));
        }
        int colon = host.indexOf(':');
        return (colon < 0 || PORT.matcher(host.substring(colon)).matches())
                && !NOT_IN_HOST.matcher(host).find();
    }

    private static boolean isIpV6(String text) {
        String groups = IP_V4_END.matcher(text).replaceFirst("0:0");
        Matcher address = IP_V6.matcher(groups);
        if (!address.matches()) {
            return false;
        }
        long count = groups.chars().filter(c -> c == ':').count() + 1;
        if (address.group(1) != null) {
            return count == IP_V6_GROUPS;
        }
        // Two colons stand for one group of zeros or more; at an edge one of them separates nothing.
        boolean edge = groups.startsWith("::") || groups.endsWith("::");
        return groups.equals("::") || count <= (edge ? IP_V6_GROUPS + 1 : IP_V6_GROUPS);
    }
}

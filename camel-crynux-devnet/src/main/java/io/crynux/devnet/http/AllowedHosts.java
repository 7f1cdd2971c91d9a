// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The host names under which a server may be called. Every page in a browser of this machine can reach a devnet that listens
 * on 127.0.0.1: a page of another site can point its own name at 127.0.0.1 (DNS rebinding) or send cross-site requests. The
 * first shows in the header {@code Host}, the second in {@code Origin}. Requests without these headers do not come from a
 * browser, and are accepted.
 */
public final class AllowedHosts {
    /** Allows every name. */
    public static final String ANY = "*";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+|\\[?[0-9A-Fa-f:.]+]?");
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int MAX_SHOWN = 100;

    private final Set<String> names = new HashSet<>();

    private AllowedHosts() {}

    /**
     * Allows localhost, its subdomains, loopback addresses, and these.
     *
     * @param listening address that the server listens on
     * @param more names and addresses without port; {@link #ANY} for all
     * @throws IllegalArgumentException when one is neither
     */
    public static AllowedHosts of(String listening, Collection<String> more) {
        AllowedHosts allowed = new AllowedHosts();
        if (!isAnyAddress(listening)) {
            allowed.names.add(normal(listening));
        }
        more.forEach(name -> allowed.names.add(normal(checked(name))));
        return allowed;
    }

    /** Returns the name unchanged if it is a valid host name or address. */
    public static String checked(String name) {
        if (!name.equals(ANY) && !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a host: use a name or an address without scheme and"
                            + " port, such as devnet or 192.168.1.5, or " + ANY + " for all");
        }
        return name;
    }

    private static boolean isAnyAddress(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    /** Answers as {@code next} does what may be asked, and everything else with status 403 and the reason. */
    public HttpHandler before(HttpHandler next) {
        return exchange -> {
            Optional<String> reason = refusal(exchange);
            if (reason.isEmpty()) {
                next.handleRequest(exchange);
                return;
            }
            // Its body is of no interest.
            exchange.setPersistent(false);
            exchange.setStatusCode(StatusCodes.FORBIDDEN);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
            exchange.getResponseSender()
                    .send(JsonNodeFactory.instance
                            .objectNode()
                            .put("message", reason.get())
                            .toString());
        };
    }

    private Optional<String> refusal(HttpServerExchange exchange) {
        return refusal("Host", exchange.getRequestHeaders().get(Headers.HOST))
                .or(() -> refusal("Origin", exchange.getRequestHeaders().get(Headers.ORIGIN)));
    }

    private Optional<String> refusal(String header, HeaderValues values) {
        if (values == null) {
            return Optional.empty();
        }
        String value = values.getFirst();
        String authority = header.equals("Origin") ? value.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "") : value;
        if (values.size() == 1 && !(header.equals("Origin") && authority.equals(value)) && allows(hostOf(authority))) {
            return Optional.empty();
        }
        String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
        return Optional.of("The devnet refuses requests with the header " + header + ": " + shown
                + ". It accepts localhost and loopback addresses; allow other hosts with the option --allowed-hosts"
                + " (CRYNUX_DEVNET_ALLOWED_HOSTS), in Java with allowedHosts");
    }

    private boolean allows(String host) {
        return names.contains(ANY)
                || names.contains(host)
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || LOOPBACK_V4.matcher(host).matches()
                || isLoopbackV6(host);
    }

    private static boolean isLoopbackV6(String host) {
        try {
            // With a colon in it nobody is asked for its address.
            return V6.matcher(host).matches() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String hostOf(String authority) {
        int bracket = authority.startsWith("[") ? authority.indexOf(']') : -1;
        int colon = authority.indexOf(':', Math.max(bracket, 0));
        return normal(colon < 0 ? authority : authority.substring(0, colon));
    }

    /** In lower case, without brackets and without the dot that ends a full name. */
    private static String normal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[") && lower.endsWith("]")) {
            return lower.substring(1, lower.length() - 1);
        }
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import io.crynux.client.internal.settings.SettingCheck;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * HTTP connections to the node and the Relay.
 *
 * @param connectTimeout maximum time to open a connection
 * @param requestTimeout maximum time until a response is complete; for downloads, maximum time without progress
 * @param sslContext TLS settings, or null for the JVM's
 * @param proxy proxies, or null for none
 * @param proxyCredentials user and password that each request sends to the proxy, or null for none. Requests to
 *     {@code https://} and {@code wss://} use a tunnel, for which the JVM sends Basic credentials only if the system property
 *     {@code jdk.http.auth.tunneling.disabledSchemes} is set and does not contain Basic
 */
public record HttpSettings(
        Duration connectTimeout,
        Duration requestTimeout,
        SSLContext sslContext,
        ProxySelector proxy,
        BasicCredentials proxyCredentials) {

    /** Ten seconds to connect, thirty for a response, the JVM's TLS settings, no proxy. */
    public static final HttpSettings DEFAULT =
            new HttpSettings(Duration.ofSeconds(10), Duration.ofSeconds(30), null, null);

    /** Without credentials for a proxy. */
    public HttpSettings(Duration connectTimeout, Duration requestTimeout, SSLContext sslContext, ProxySelector proxy) {
        this(connectTimeout, requestTimeout, sslContext, proxy, null);
    }

    /** @throws IllegalArgumentException naming the setting that is out of range */
    public HttpSettings {
        SettingCheck.requireAboveZero("connectTimeout", connectTimeout, "10s");
        SettingCheck.requireAboveZero("requestTimeout", requestTimeout, "10s");
    }

    /**
     * User and password for a server or proxy, sent with the Basic scheme (RFC 7617).
     *
     * @param user without a colon, which separates user and password
     * @param password may be empty
     */
    public record BasicCredentials(String user, String password) {

        /** @throws IllegalArgumentException if the user has a colon; the message contains neither user nor password */
        public BasicCredentials {
            if (user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("a user name with a colon cannot be sent as Basic credentials");
            }
        }

        /**
         * User and password of a URL ({@code http://user:password@host/}), percent-decoded; empty if it has none.
         *
         * @throws IllegalArgumentException if they cannot be sent
         */
        public static Optional<BasicCredentials> in(URI uri) {
            String raw = uri.getRawUserInfo();
            if (raw == null || raw.isEmpty()) {
                return Optional.empty();
            }
            int colon = raw.indexOf(':');
            return Optional.of(new BasicCredentials(
                    decoded(colon < 0 ? raw : raw.substring(0, colon)),
                    colon < 0 ? "" : decoded(raw.substring(colon + 1))));
        }

        private static String decoded(String part) {
            // Only in forms does a plus stand for a space.
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        /** The URL without user and password, as requests use it. */
        public static URI without(URI uri) {
            String raw = uri.getRawUserInfo();
            return raw == null ? uri : URI.create(uri.toString().replaceFirst("(?<=//)[^/?#@]*@", ""));
        }

        /** The value of the headers Authorization and Proxy-Authorization. */
        public String header() {
            return "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        }

        /** Without user and password. */
        @Override
        public String toString() {
            return "BasicCredentials";
        }
    }
}

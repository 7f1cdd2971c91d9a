// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.net.ProxySelector;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How HTTP connections are made.
 *
 * @param connectTimeout until a connection stands
 * @param requestTimeout until an answer is complete
 * @param sslContext TLS settings, or null for the JVM's
 * @param proxy proxies, or null for none
 * @param proxyCredentials what each request shows the proxy without being asked, or null for none. Requests to {@code https://}
 *     and {@code wss://} go through a tunnel, for which the JVM sends Basic credentials only where the system property
 *     {@code jdk.http.auth.tunneling.disabledSchemes} is set and does not have the word Basic
 */
public record HttpSettings(
        Duration connectTimeout,
        Duration requestTimeout,
        SSLContext sslContext,
        ProxySelector proxy,
        BasicCredentials proxyCredentials) {

    /** Ten seconds to connect, thirty for an answer, TLS of the JVM, no proxy. */
    public static final HttpSettings DEFAULT =
            new HttpSettings(Duration.ofSeconds(10), Duration.ofSeconds(30), null, null);

    /** Without credentials for a proxy. */
    public HttpSettings(Duration connectTimeout, Duration requestTimeout, SSLContext sslContext, ProxySelector proxy) {
        this(connectTimeout, requestTimeout, sslContext, proxy, null);
    }

    /** @throws IllegalArgumentException naming the setting that cannot be */
    public HttpSettings {
        requireAboveZero("connectTimeout", connectTimeout);
        requireAboveZero("requestTimeout", requestTimeout);
    }

    private static void requireAboveZero(String setting, Duration time) {
        Objects.requireNonNull(time, setting);
        if (time.toMillis() < 1) {
            throw new IllegalArgumentException(
                    setting + " is " + time.toMillis() + " ms; it must be more than zero, such as 10s");
        }
    }

    /**
     * User and password for one server or proxy, sent as the Basic scheme (RFC 7617).
     *
     * @param user has no colon, since that begins the password
     * @param password may be empty
     */
    public record BasicCredentials(String user, String password) {

        /** @throws IllegalArgumentException when the user has a colon; says nothing of either */
        public BasicCredentials {
            if (user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("a user name with a colon cannot be sent as Basic credentials");
            }
        }

        /**
         * Those in a URL ({@code http://user:password@host/}), percent-decoded; empty where it has none.
         *
         * @throws IllegalArgumentException when they cannot be sent
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
            // A plus stands for a space in forms only.
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        /** The URL as it is asked for: nothing of the credentials goes over the wire in it. */
        public static URI without(URI uri) {
            String raw = uri.getRawUserInfo();
            return raw == null ? uri : URI.create(uri.toString().replaceFirst("(?<=//)[^/?#@]*@", ""));
        }

        /** The value of Authorization or Proxy-Authorization. */
        public String header() {
            return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        }

        /** Without user and password. */
        @Override
        public String toString() {
            return "BasicCredentials";
        }
    }
}

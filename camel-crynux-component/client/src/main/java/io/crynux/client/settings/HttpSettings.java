// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.Objects;
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
}

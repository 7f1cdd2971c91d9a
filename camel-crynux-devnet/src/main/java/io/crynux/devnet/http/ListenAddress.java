// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where a server listens.
 *
 * @param host a name or an address of this machine; {@code 0.0.0.0} and {@code ::} for all of its addresses
 * @param port 0 for a free one
 */
public record ListenAddress(String host, int port) {
    /** The address that only this machine can reach. */
    public static final String LOOPBACK = "127.0.0.1";

    /**
     * What a URL has for host and port once the server listens; for all addresses it is the loopback one, which works from here.
     *
     * @param bound the port that it listens at
     * @throws IllegalStateException when the host is not known
     */
    public String authority(int bound) {
        try {
            InetAddress address = InetAddress.getByName(host);
            String reachable = address.isAnyLocalAddress() ? (host.contains(":") ? "::1" : LOOPBACK) : host;
            return (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + bound;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("unknown host " + host + " is not known", e);
        }
    }
}

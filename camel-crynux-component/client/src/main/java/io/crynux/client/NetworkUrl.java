// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.settings.HttpSettings.BasicCredentials;
import java.net.URI;
import java.util.List;

/** Reads the URLs of networks. */
final class NetworkUrl {
    static final List<String> HTTP = List.of("http", "https");

    private NetworkUrl() {}

    /** @throws IllegalArgumentException which names the setting, and never repeats the text */
    static URI parse(String setting, String text, List<String> schemes) {
        URI uri;
        try {
            uri = URI.create(text.trim());
        } catch (IllegalArgumentException e) {
            // The text may hold a key, so it is not repeated.
            throw new IllegalArgumentException(
                    setting + " is not a URL; percent-encode characters such as @, / and # in user and password");
        }
        if (uri.getHost() == null || !schemes.contains(uri.getScheme())) {
            throw new IllegalArgumentException(
                    setting + " must begin with " + String.join("://, ", schemes) + ":// and name a host");
        }
        try {
            BasicCredentials.in(uri);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + " has credentials that cannot be used: " + e.getMessage());
        }
        return uri;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.page;

import io.undertow.server.HttpHandler;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The files of the page, from the jar. */
final class PageAssets {
    private static final List<String> SCRIPTS = List.of(
            "actions.js",
            "blocks.js",
            "copy.js",
            "dom.js",
            "faults.js",
            "format.js",
            "main.js",
            "people.js",
            "requests.js",
            "task-dialog.js",
            "tasks.js",
            "theme.js");

    private PageAssets() {}

    static void addTo(RoutingHandler routes) {
        HttpHandler index = asset("index.html", "text/html; charset=utf-8");
        routes.get("/", exchange -> {
            // The page names its files relative to itself.
            String path = exchange.getRequestPath();
            HttpHandler answer = path.endsWith("/") ? index : StatusPage.redirect(path + "/");
            answer.handleRequest(exchange);
        });
        routes.get("/page.css", asset("page.css", "text/css; charset=utf-8"));
        routes.get("/icon.svg", asset("icon.svg", "image/svg+xml"));
        SCRIPTS.forEach(name -> routes.get("/" + name, asset(name, "text/javascript; charset=utf-8")));
    }

    private static HttpHandler asset(String name, String type) {
        byte[] content = read(name);
        return exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
            exchange.getResponseSender().send(ByteBuffer.wrap(content));
        };
    }

    private static byte[] read(String name) {
        try (InputStream file = PageAssets.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("The jar is not complete: no " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

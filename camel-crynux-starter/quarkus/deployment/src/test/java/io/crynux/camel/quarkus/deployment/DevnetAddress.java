// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells over HTTP where the devnet is. */
@ApplicationScoped
public class DevnetAddress {
    @ConfigProperty(name = "crynux.devnet.page-url")
    String page;

    void route(@Observes Router router) {
        router.get("/devnet").handler(request -> request.response().end("page " + page));
    }
}

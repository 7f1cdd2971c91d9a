// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Needs camel-quarkus-console, which Camel Quarkus adds in dev mode; where it can be had, run it with -Dcrynux.dev-mode=true. */
@EnabledIfSystemProperty(named = "crynux.dev-mode", matches = "true")
class LiveReloadTest {
    private static final int PORT = freePort();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClass(DevnetAddress.class)
                    .addAsResource(new StringAsset("quarkus.http.port=" + PORT), "application.properties"));

    @Test
    void theDevnetOutlivesAReload() {
        String before = RestAssured.get("http://localhost:" + PORT + "/devnet").asString();
        APPLICATION.modifySourceFile(DevnetAddress.class, text -> text.replace("page ", "seite "));
        String after = RestAssured.get("http://localhost:" + PORT + "/devnet").asString();

        assertThat(before).startsWith("page http://127.0.0.1:");
        assertThat(after).isEqualTo(before.replace("page ", "seite "));
        assertThat(RestAssured.get(before.substring("page ".length())).statusCode())
                .isEqualTo(200);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

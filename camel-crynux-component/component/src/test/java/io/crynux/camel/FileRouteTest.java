// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts from files become files: path and stem stay, the extension follows the result. */
class FileRouteTest extends CrynuxTestSupport {
    @TempDir
    Path folder;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder.resolve("prompts") + "?recursive=true")
                        .to("crynux:sd?imageWidth=64&imageHeight=64")
                        .to("file:" + folder.resolve("images"));
            }
        };
    }

    @Test
    void promptFilesBecomeImageFiles() throws Exception {
        Path prompts = folder.resolve("prompts");
        Files.createDirectories(prompts.resolve("harbours"));
        Files.writeString(prompts.resolve("harbours/old.port.txt"), "an old port");
        Files.writeString(prompts.resolve("lighthouse.txt"), "a lighthouse");

        Path images = folder.resolve("images");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(images.resolve("harbours/old.port.png"))
                        && Files.exists(images.resolve("lighthouse.png")));
        assertThat(ImageIO.read(images.resolve("lighthouse.png").toFile()).getWidth())
                .isEqualTo(64);
    }
}

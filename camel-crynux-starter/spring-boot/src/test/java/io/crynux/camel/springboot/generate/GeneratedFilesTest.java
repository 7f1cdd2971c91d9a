// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The starter has the options that the component's metadata has; {@code -Dcrynux.docs.update=true} writes the files. */
class GeneratedFilesTest {
    private static final Path GENERATED = Path.of("src", "generated");
    private static final Path SOURCES = GENERATED.resolve("java/io/crynux/camel/springboot");

    @Test
    void theStarterHasTheOptionsOfTheComponent() throws IOException {
        List<Option> options = Option.all();
        same(SOURCES.resolve("CrynuxComponentConfiguration.java"), ConfigurationSource.of(options));
        same(SOURCES.resolve("CrynuxComponentConverter.java"), ConverterSource.of(options));
        same(
                GENERATED.resolve("resources/META-INF/additional-spring-configuration-metadata.json"),
                MetadataHints.of(options));
    }

    private static void same(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("crynux.docs.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        } else {
            assertThat(file)
                    .as(file + " differs from the component's metadata; run this test with -Dcrynux.docs.update=true,"
                            + " then build again")
                    .hasContent(expected);
        }
    }
}

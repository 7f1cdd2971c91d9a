// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that the network's facts came with: the corpus of judged bodies, and the checked examples. */
public final class Resources {
    private Resources() {}

    public static List<Path> jsonFiles(String directory) {
        try (Stream<Path> files = Files.list(directory(directory))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is known of the bodies of a directory, by file name. */
    public static JsonNode manifest(String directory) {
        return json(directory + "/manifest.json");
    }

    public static JsonNode json(String name) {
        try {
            return new ObjectMapper().readTree(text(directory(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String example(String name) {
        return text(directory("examples-tasks").resolve(name + ".json"));
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory(String name) {
        URL url = Resources.class.getResource("/" + name);
        if (url == null) {
            throw new IllegalStateException("No test resources " + name);
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The temporary files of results of this process. */
public final class TemporaryResults {
    private static final Path DIRECTORY = Path.of(System.getProperty("java.io.tmpdir"));

    private static final String NAME = "crynux-" + ProcessHandle.current().pid() + "-.*\\.result";

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private final Set<Path> before = list();

    private TemporaryResults() {}

    /** Counts from now on. */
    public static TemporaryResults now() {
        return new TemporaryResults();
    }

    /** Those made since that are still there. */
    public Set<Path> made() {
        Set<Path> made = new HashSet<>(list());
        made.removeAll(before);
        return made;
    }

    /**
     * Those that take up room, also without a name: what of them this process has open. Where the system does not say so, those
     * with a name.
     */
    public static Set<Path> takingUpRoom() {
        if (!Files.isDirectory(OPEN_FILES)) {
            return list();
        }
        Set<Path> open = new HashSet<>(list());
        try (Stream<Path> handles = Files.list(OPEN_FILES)) {
            handles.map(TemporaryResults::target)
                    .filter(target -> target.getFileName() != null)
                    .filter(target -> target.getFileName().toString().matches(NAME + "( \\(deleted\\))?"))
                    .forEach(open::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open;
    }

    private static Path target(Path handle) {
        try {
            return Files.readSymbolicLink(handle);
        } catch (IOException e) {
            // Closed meanwhile.
            return handle;
        }
    }

    private static Set<Path> list() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.getFileName().toString().matches(NAME))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

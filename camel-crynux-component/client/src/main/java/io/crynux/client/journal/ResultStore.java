// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.ResultFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stored results: short ones are in the journal file, long ones in files next to it. Thread-safe. */
final class ResultStore {
    private static final Logger LOG = LoggerFactory.getLogger(ResultStore.class);
    /** Maximum size of a result in the journal file, in bytes: more than most answers of a chat. */
    private static final int INSIDE = 4 * 1024;

    private static final int CHUNK = 16 * 1024;

    private final Path directory;

    ResultStore(Path directory) {
        this.directory = directory;
    }

    /** Stores the files; those in the directory are forced to the disk when this returns. */
    KeptResult keep(String key, List<ResultFile> files) throws IOException {
        List<KeptResult.KeptFile> kept = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            OwnerOnly.createDirectory(directory);
            FileStorage.forceDirectory(directory.toAbsolutePath().getParent());
        }
        boolean inside = files.stream().mapToLong(ResultFile::size).sum() <= INSIDE;
        for (ResultFile file : files) {
            if (inside) {
                String base64 = Base64.getEncoder().encodeToString(file.bytes());
                kept.add(new KeptResult.KeptFile(file.contentType(), file.size(), base64, null));
            } else {
                String name = key + "." + kept.size();
                copy(file, directory.resolve(name));
                kept.add(new KeptResult.KeptFile(file.contentType(), file.size(), null, name));
            }
        }
        if (!inside) {
            FileStorage.forceDirectory(directory);
        }
        return new KeptResult(key, kept);
    }

    private static void copy(ResultFile content, Path to) throws IOException {
        Files.deleteIfExists(to);
        OwnerOnly.createFile(to);
        try (InputStream in = content.open();
                RandomAccessFile out = new RandomAccessFile(to.toFile(), "rw")) {
            byte[] chunk = new byte[CHUNK];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                out.write(chunk, 0, length);
            }
            out.getFD().sync();
        }
    }

    /** The files of a result; none if one of them is missing. */
    List<ResultFile> open(KeptResult result) {
        List<ResultFile> files = new ArrayList<>();
        for (KeptResult.KeptFile file : result.files()) {
            if (file.base64() != null) {
                files.add(new ResultFile(file.contentType(), Base64.getDecoder().decode(file.base64())));
                continue;
            }
            Path path = directory.resolve(file.name());
            if (!Files.isReadable(path)) {
                LOG.warn("The stored result {} is missing; it is downloaded again", path);
                return List.of();
            }
            files.add(new ResultFile(file.contentType(), new KeptContent(path, file.size())));
        }
        return files;
    }

    void delete(KeptResult result) {
        result.files().stream()
                .filter(file -> file.name() != null)
                .forEach(file -> delete(directory.resolve(file.name())));
    }

    /**
     * Deletes files that no result names, which a crash may leave.
     *
     * @param kept whether the task with that key has a result
     */
    void deleteAllBut(Predicate<String> kept) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> !kept.test(key(file.getFileName().toString()))).forEach(ResultStore::delete);
        }
    }

    /** The key of the task that a file of that name is of. */
    private static String key(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The stored result {} cannot be deleted; delete it manually", file, e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The result that nodes agree on and that the chain keeps, computed from the files that it stands for. */
public final class ResultHash {
    private ResultHash() {}

    /**
     * The perceptual hashes of all pictures, concatenated; for a text task the SHA-256 of its one file.
     *
     * @throws IOException when a file cannot be what the task's kind asks for
     */
    public static byte[] of(TaskKind kind, List<byte[]> files) throws IOException {
        if (kind == TaskKind.GPT) {
            if (files.size() != 1) {
                throw new IOException("a text task has one file, not " + files.size());
            }
            return sha256(files.get(0));
        }
        var hashes = new ByteArrayOutputStream(files.size() * PerceptualHash.BYTES);
        for (byte[] file : files) {
            hashes.write(PerceptualHash.of(Png.decode(file)));
        }
        return hashes.toByteArray();
    }

    private static byte[] sha256(byte[] file) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(file);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as PNG files. In memory throughout: ImageIO's own default is a cache file on disk. */
public final class Png {
    private Png() {}

    /** The picture as a PNG file. */
    public static byte[] encode(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IllegalStateException("this Java runtime has no PNG writer");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The picture in a file.
     *
     * @throws IOException when the file is no picture that this Java runtime can read
     */
    public static BufferedImage decode(byte[] file) throws IOException {
        var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
        BufferedImage image = ImageIO.read(in);
        if (image == null) {
            // ImageIO closes what it could read, and only that.
            in.close();
            throw new IOException("not a picture");
        }
        return image;
    }
}

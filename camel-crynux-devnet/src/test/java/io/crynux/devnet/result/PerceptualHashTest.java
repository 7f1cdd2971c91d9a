// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.picture.PictureArtist;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PerceptualHashTest {
    private final BufferedImage picture = new PictureArtist().draw("a lighthouse", 256, 256, 1, 0, 1);

    @Test
    void aPictureHasAlwaysTheSameHash() throws IOException {
        BufferedImage again = Png.decode(Png.encode(picture));

        assertThat(PerceptualHash.of(again))
                .isEqualTo(PerceptualHash.of(picture))
                .hasSize(8);
    }

    @Test
    void aSmallerCopyIsNearlyTheSame() {
        assertThat(distance(scaled(128, 128))).isLessThan(5);
        assertThat(distance(scaled(300, 200))).isLessThan(8);
    }

    @Test
    void aLittleNoiseIsNearlyTheSame() {
        BufferedImage noisy = scaled(256, 256);
        for (int i = 0; i < 256; i++) {
            noisy.setRGB(i, 255 - i, 0xffffff);
        }
        assertThat(distance(noisy)).isLessThan(5);
    }

    @Test
    void anotherPictureIsFarAway() {
        int nearest = 64;
        for (int seed = 2; seed < 12; seed++) {
            nearest = Math.min(nearest, distance(new PictureArtist().draw("a harbour", 256, 256, seed, 0, 1)));
        }
        assertThat(nearest).isGreaterThanOrEqualTo(5);
    }

    @Test
    void itsMirrorImageIsFarAway() {
        BufferedImage mirrored = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 256; y++) {
            for (int x = 0; x < 256; x++) {
                mirrored.setRGB(255 - x, y, picture.getRGB(x, y));
            }
        }
        assertThat(distance(mirrored)).isGreaterThan(10);
    }

    @Test
    void picturesSmallerThanTheGridHaveHashesToo() {
        var dot = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        dot.setRGB(0, 0, Color.ORANGE.getRGB());
        assertThat(PerceptualHash.of(dot)).hasSize(8);
        assertThat(PerceptualHash.of(new BufferedImage(3, 500, BufferedImage.TYPE_BYTE_GRAY)))
                .hasSize(8);
    }

    @Test
    void distancesCountBits() {
        assertThat(PerceptualHash.distance(new byte[8], new byte[] {1, 0, 0, 0, 0, 0, 0, (byte) 0x83}))
                .isEqualTo(4);
    }

    private int distance(BufferedImage other) {
        return PerceptualHash.distance(PerceptualHash.of(picture), PerceptualHash.of(other));
    }

    private BufferedImage scaled(int width, int height) {
        var copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = copy.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        return copy;
    }
}

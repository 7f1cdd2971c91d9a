// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
    private final PictureArtist artist = new PictureArtist();

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private int[] draw(String prompt, long seed, int index) {
        return pixels(artist.draw(prompt, 160, 120, seed, index, 2));
    }

    @Test
    void theSameRequestGivesTheSamePicture() {
        assertThat(draw("a lighthouse", 1, 0))
                .isEqualTo(pixels(new PictureArtist().draw("a lighthouse", 160, 120, 1, 0, 2)));
    }

    @Test
    void promptSeedAndIndexMakeAnother() {
        int[] picture = draw("a lighthouse", 1, 0);

        assertThat(draw("a harbour", 1, 0)).isNotEqualTo(picture);
        assertThat(draw("a lighthouse", 2, 0)).isNotEqualTo(picture);
        assertThat(draw("a lighthouse", 1, 1)).isNotEqualTo(picture);
    }

    @Test
    void neighbouringSeedsLookDifferent() {
        long different = IntStream.range(0, 20)
                .mapToObj(seed -> Integer.valueOf(draw("a lighthouse", seed, 0)[0]))
                .distinct()
                .count();
        assertThat(different).isGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "8,8", "64,64", "2000,16", "16,2000", "1024,576"})
    void anySizeCanBeDrawn(int width, int height) {
        BufferedImage image = artist.draw("a narrow canal street in early snow", width, height, 1, 0, 1);

        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "x",
                "灯台 über café 🐙 — “quoted” <lora:ink:0.8> & привет",
                "\u0301combining first",
                "half a pair \ud83d",
                "\u0000\u001b[0m"
            })
    void anyPromptCanBeDrawn(String prompt) {
        assertThat(pixels(artist.draw(prompt, 96, 96, 1, 0, 1))).isNotEmpty();
    }

    @Test
    void aVeryLongPromptIsCut() {
        assertThat(pixels(artist.draw("word ".repeat(5000), 256, 256, 1, 0, 1))).isNotEmpty();
        assertThat(pixels(artist.draw("w".repeat(5000), 256, 256, 1, 0, 1))).isNotEmpty();
    }

    @Test
    void thePromptStandsOnThePanelInWhite() {
        long white = Arrays.stream(pixels(artist.draw("a lighthouse at dawn", 512, 512, 1, 0, 1)))
                .filter(pixel -> (pixel & 0xffffff) == 0xffffff)
                .count();
        assertThat(white).isGreaterThan(500);
    }

    @Test
    void theBuiltInFontHasEveryAsciiLetter() {
        var font = new StrokeFont();
        for (char letter = '!'; letter <= '~'; letter++) {
            StrokeFont.Placed placed = font.place(String.valueOf(letter)).get(0);
            assertThat(placed.glyph().filled()).as("built in: " + letter).isFalse();
            assertThat(placed.shape().getBounds2D().getMaxX())
                    .as("width of " + letter)
                    .isLessThan(8);
        }
    }

    @Test
    void accentsStandOverTheirLetters() {
        var font = new StrokeFont();
        assertThat(font.place("\u00e9")).hasSize(2);
        assertThat(font.width("\u00e9")).isEqualTo(font.width("e"));
        double small = font.place("\u00e9").get(1).shape().getBounds2D().getMinY();
        double capital = font.place("\u00c9").get(1).shape().getBounds2D().getMinY();
        assertThat(capital).isLessThan(small);
    }
}

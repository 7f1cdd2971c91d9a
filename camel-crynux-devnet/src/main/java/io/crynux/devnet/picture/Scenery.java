// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.picture;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Random;

/** The backgrounds of the devnet's pictures: landscapes and patterns that dice choose and shape. */
final class Scenery {
    private final Graphics2D graphics;
    private final int width;
    private final int height;
    private final Random dice;
    private final Palette palette;

    Scenery(Graphics2D graphics, int width, int height, Random dice) {
        this.graphics = graphics;
        this.width = width;
        this.height = height;
        this.dice = dice;
        this.palette = new Palette(dice);
    }

    void draw() {
        switch (dice.nextInt(4)) {
            case 0 -> hills();
            case 1 -> lights();
            case 2 -> rings();
            default -> ribbons();
        }
    }

    /** A few colours that go together. */
    private static final class Palette {
        private final float hue;
        private final float spread;

        /** Even steps of the hue circle would give mostly greens: the eye tells fewer of them apart. */
        private static final float[] HUES = {
            0.02f, 0.06f, 0.1f, 0.14f, 0.33f, 0.46f, 0.52f, 0.57f, 0.62f, 0.68f, 0.75f, 0.83f, 0.92f
        };

        Palette(Random dice) {
            hue = HUES[dice.nextInt(HUES.length)] + 0.03f * dice.nextFloat();
            spread = (dice.nextBoolean() ? 1 : -1) * (0.06f + 0.13f * dice.nextFloat());
        }

        /** @param place 0 to 1, from one end of the palette to the other */
        Color at(double place, double saturation, double brightness) {
            return Color.getHSBColor((float) (hue + spread * place), (float) saturation, (float) brightness);
        }

        Color at(double place, double saturation, double brightness, int alpha) {
            Color solid = at(place, saturation, brightness);
            return new Color(solid.getRed(), solid.getGreen(), solid.getBlue(), alpha);
        }
    }

    private double between(double low, double high) {
        return low + (high - low) * dice.nextDouble();
    }

    private void sky(Color top, Color bottom) {
        graphics.setPaint(new GradientPaint(0, 0, top, 0, height, bottom));
        graphics.fill(new Rectangle2D.Double(0, 0, width, height));
    }

    private void glow(double x, double y, double radius, Color colour) {
        var edge = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 0);
        graphics.setPaint(new RadialGradientPaint(
                (float) x, (float) y, (float) Math.max(1, radius), new float[] {0, 1}, new Color[] {colour, edge}));
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    private void disc(double x, double y, double radius) {
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    /** A sun over rows of hills that fade into the distance. */
    private void hills() {
        sky(palette.at(0, 0.55, 0.62), palette.at(1, 0.3, 0.98));
        double x = between(0.2, 0.8) * width;
        double y = between(0.15, 0.3) * height;
        double radius = between(0.06, 0.11) * Math.min(width, height);
        glow(x, y, radius * 4, palette.at(1, 0.15, 1, 190));
        graphics.setPaint(palette.at(1, 0.08, 1));
        disc(x, y, radius);
        int rows = 5;
        for (int row = 0; row < rows; row++) {
            double depth = (double) row / (rows - 1);
            graphics.setPaint(palette.at(1 - depth, 0.3 + 0.4 * depth, 0.82 - 0.6 * depth));
            graphics.fill(ridge(0.34 + 0.13 * row, 0.05 + 0.035 * depth));
        }
    }

    /** @param level where the ridge is, and {@code swing} how far it goes up and down, as parts of the height */
    private Path2D ridge(double level, double swing) {
        double phase = between(0, 6.28);
        double slow = between(0.8, 1.6);
        double quick = between(2.5, 4.5);
        var path = new Path2D.Double();
        path.moveTo(0, height);
        for (int step = 0; step <= 64; step++) {
            double t = step / 64.0;
            double wave = StrictMath.sin(6.28 * slow * t + phase) + 0.4 * StrictMath.sin(6.28 * quick * t + 2 * phase);
            path.lineTo(t * width, height * (level + swing * wave));
        }
        path.lineTo(width, height);
        path.closePath();
        return path;
    }

    /** Soft discs of light out of focus. */
    private void lights() {
        sky(palette.at(0, 0.8, 0.2), palette.at(1, 0.65, 0.42));
        int count = 38;
        double side = Math.min(width, height);
        for (int i = 0; i < count; i++) {
            double x = between(-0.05, 1.05) * width;
            double y = between(-0.05, 1.05) * height;
            double radius = side * between(0.02, 0.13) * (1 + (double) i / count);
            Color colour = palette.at(between(-0.6, 1.8), between(0.25, 0.7), 1, 26 + dice.nextInt(70));
            glow(x, y, radius * 1.5, colour);
            graphics.setPaint(colour);
            disc(x, y, radius);
        }
    }

    /** Broad rings around a few centres, like stones in a pond. */
    private void rings() {
        sky(palette.at(0, 0.35, 0.97), palette.at(1, 0.5, 0.8));
        double side = Math.max(width, height);
        for (int centre = 0; centre < 4; centre++) {
            double x = between(0, 1) * width;
            double y = between(0, 1) * height;
            double radius = side * between(0.22, 0.5);
            int count = 6 + dice.nextInt(4);
            for (int ring = 0; ring < count; ring++) {
                double part = (double) ring / count;
                graphics.setPaint(palette.at(part + 0.4 * centre, 0.35 + 0.5 * part, 0.95 - 0.5 * part, 120));
                disc(x, y, radius * (1 - part));
            }
        }
    }

    /** Ribbons that wave from side to side. */
    private void ribbons() {
        sky(palette.at(0, 0.75, 0.26), palette.at(1, 0.55, 0.55));
        int count = 9;
        for (int i = 0; i < count; i++) {
            double part = (double) i / (count - 1);
            double start = height * (-0.1 + 1.1 * part + between(-0.04, 0.04));
            double end = height * (-0.1 + 1.1 * part + between(-0.2, 0.2));
            double thick = height * between(0.07, 0.2);
            double bend = height * between(-0.4, 0.4);
            var path = new Path2D.Double();
            path.moveTo(0, start);
            path.curveTo(width * 0.35, start + bend, width * 0.65, end - bend, width, end);
            path.lineTo(width, end + thick);
            path.curveTo(
                    width * 0.65, end - bend + thick * 0.4, width * 0.35, start + bend + thick * 1.6, 0, start + thick);
            path.closePath();
            graphics.setPaint(new GradientPaint(
                    0,
                    (float) start,
                    palette.at(part, 0.7, 0.55 + 0.4 * part, 170),
                    width,
                    (float) end,
                    palette.at(part + 0.8, 0.45, 1, 190)));
            graphics.fill(path);
        }
    }
}

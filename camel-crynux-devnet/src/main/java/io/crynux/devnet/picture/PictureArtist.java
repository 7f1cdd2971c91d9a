// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * Draws what a simulated node gives for an image task: a picture that differs by prompt, seed and index, with the
 * prompt on it so that a person sees which task it is of. The same request gives the same picture.
 */
public final class PictureArtist {
    private static final double SMALLEST_LETTER = 7;

    private final StrokeFont font = new StrokeFont();

    /**
     * One picture.
     *
     * @param width in pixels
     * @param height in pixels
     * @param index the place of the picture in its task, from 0
     * @param count the number of pictures of the task
     */
    public BufferedImage draw(String prompt, int width, int height, long seed, int index, int count) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            new Scenery(graphics, width, height, dice(prompt, seed, index)).draw();
            panel(graphics, width, height, prompt, caption(width, height, seed, index, count));
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /** Neighbouring seeds would give Random neighbouring first numbers: they are spread before. */
    private static Random dice(String prompt, long seed, int index) {
        long mixed = prompt.hashCode() * 0x9E3779B97F4A7C15L + seed * 0xC2B2AE3D27D4EB4FL + index * 0x165667B19E3779F9L;
        mixed ^= mixed >>> 29;
        return new Random(mixed * 0xBF58476D1CE4E5B9L);
    }

    private static String caption(int width, int height, long seed, int index, int count) {
        return "image " + (index + 1) + " of " + count + "  \u00b7  seed " + seed + "  \u00b7  " + width + " \u00d7 "
                + height + "  \u00b7  Crynux devnet";
    }

    private void panel(Graphics2D graphics, int width, int height, String prompt, String caption) {
        double side = Math.min(width, height);
        double margin = side * 0.05;
        double padding = side * 0.045;
        double room = width - 2 * (margin + padding);
        TextBlock text = TextBlock.fit(
                font, prompt, room, height * 0.5, SMALLEST_LETTER, Math.max(SMALLEST_LETTER, side * 0.042));
        double small = Math.max(5, side * 0.017);
        TextBlock note = TextBlock.fit(font, caption, room, small * 2, 3, small);
        double panelHeight = text.height() + note.height() + 2.4 * padding;
        double top = height - margin - panelHeight;
        var panel =
                new RoundRectangle2D.Double(margin, top, width - 2 * margin, panelHeight, padding * 1.4, padding * 1.4);
        graphics.setPaint(new Color(12, 14, 24, 190));
        graphics.fill(panel);
        graphics.setPaint(Color.WHITE);
        text.draw(graphics, margin + padding, top + padding);
        graphics.setPaint(new Color(255, 255, 255, 175));
        note.draw(graphics, margin + padding, top + padding * 1.4 + text.height());
    }
}

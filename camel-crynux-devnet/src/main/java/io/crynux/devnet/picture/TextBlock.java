// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.picture;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;

/** A text broken into lines of a width, at a size. */
final class TextBlock {
    private static final String CUT = "\u2026";

    private final StrokeFont font;
    private final List<String> lines;
    private final double scale;

    private TextBlock(StrokeFont font, List<String> lines, double scale) {
        this.font = font;
        this.lines = lines;
        this.scale = scale;
    }

    /**
     * The text at the largest size at which it fits, cut where it does not even fit at the smallest.
     *
     * @param largest the height of a capital letter in pixels; at least {@code smallest}
     */
    static TextBlock fit(StrokeFont font, String text, double width, double height, double smallest, double largest) {
        for (double capital = largest; capital > smallest; capital *= 0.9) {
            double scale = capital / StrokeFont.BASELINE;
            var block = new TextBlock(font, wrap(font, text, width / scale), scale);
            if (block.height() <= height) {
                return block;
            }
        }
        double scale = smallest / StrokeFont.BASELINE;
        List<String> lines = wrap(font, text, width / scale);
        int room = Math.max(1, (int) (height / (scale * StrokeFont.LINE_HEIGHT)));
        return new TextBlock(font, lines.size() <= room ? lines : cut(font, lines, room, width / scale), scale);
    }

    double height() {
        return lines.size() * StrokeFont.LINE_HEIGHT * scale;
    }

    double width() {
        return lines.stream().mapToDouble(font::width).max().orElse(0) * scale;
    }

    /** Draws the block in the current colour, its upper left corner at a place. */
    void draw(Graphics2D graphics, double left, double top) {
        AffineTransform before = graphics.getTransform();
        for (int i = 0; i < lines.size(); i++) {
            graphics.translate(left, top + (i * StrokeFont.LINE_HEIGHT + 3) * scale);
            graphics.scale(scale, scale);
            graphics.setStroke(new BasicStroke((float) penWidth(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            for (StrokeFont.Placed placed : font.place(lines.get(i))) {
                if (placed.glyph().filled()) {
                    graphics.fill(placed.shape());
                } else {
                    graphics.draw(placed.shape());
                }
            }
            graphics.setTransform(before);
        }
    }

    /** Small letters need a pen that is broad in proportion: less than a pixel would grey out. */
    private double penWidth() {
        return Math.min(1.5, Math.max(0.95, 1.1 / scale));
    }

    private static List<String> wrap(StrokeFont font, String text, double width) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        double used = 0;
        for (String word : text.strip().split("\\s+", -1)) {
            double wordWidth = font.width(word);
            double with = line.isEmpty() ? wordWidth : used + font.advance(' ') + wordWidth;
            if (with > width && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
                with = wordWidth;
            }
            if (with > width) {
                String rest = breakLong(font, word, width, lines);
                line.append(rest);
                used = font.width(rest);
            } else {
                line.append(line.isEmpty() ? "" : " ").append(word);
                used = with;
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** A word wider than a line, as scripts without spaces have, is broken anywhere; returns what is left of it. */
    private static String breakLong(StrokeFont font, String word, double width, List<String> lines) {
        var line = new StringBuilder();
        double used = 0;
        for (int point : word.codePoints().toArray()) {
            double advance = font.advance(point);
            if (!line.isEmpty() && used + advance > width) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            line.appendCodePoint(point);
            used += advance;
        }
        return line.toString();
    }

    private static List<String> cut(StrokeFont font, List<String> lines, int room, double width) {
        List<String> kept = new ArrayList<>(lines.subList(0, room));
        String last = kept.get(room - 1);
        while (!last.isEmpty() && font.width(last + CUT) > width) {
            last = last.substring(0, last.offsetByCodePoints(last.length(), -1));
        }
        kept.set(room - 1, last.strip() + CUT);
        return kept;
    }
}
